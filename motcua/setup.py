"""What must stand before anything starts: the tables, the places, the starter content and a release."""

from __future__ import annotations

import click
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

import starter
from casework import reply_templates
from knowledge_base.errors import OutdatedRelease
from knowledge_base.importing import import_path
from knowledge_base.local_overrides import import_local_values
from knowledge_base.models import ActiveRelease, ExampleQuestion, LocalOverride, Procedure
from knowledge_base.releases import build_release, pinned_library
from motcua.environment import EnvironmentProblem, check_machine
from nlu.encoders import OWN_ENCODERS
from office.demo import DemoAccount, create_demonstration_accounts
from office.models import ServicePoint, Unit
from office.places import load_places
from office.service_points import import_service_points


def prepare() -> tuple[DemoAccount, ...]:
    """Bring an empty or older home up to date. Returns the demonstration accounts made just now, if any.

    Raises EnvironmentProblem on a machine that cannot run our own encoder, or without its database;
    ReleaseProblem or EncoderUnavailable when the release in force cannot answer.
    """
    if settings.ENCODER in OWN_ENCODERS:
        check_machine()
    migrate()
    if not Unit.objects.exists():
        load_places()
    if not ServicePoint.objects.exists():
        import_service_points(starter.SERVICE_POINTS)
    reply_templates.load_starter()
    _stock()
    _open_release()
    return create_demonstration_accounts() if settings.DEMONSTRATION else ()


def _open_release() -> None:
    """Now, so that the first citizen does not wait for it, and one that cannot answer stops the start."""
    try:
        with pinned_library():
            return
    except OutdatedRelease:
        click.echo("Bản phát hành đang dùng là của phiên bản cũ, đang dựng lại…", err=True)
        build_release()
    with pinned_library():
        pass


def migrate() -> None:
    """Bring the tables up to date. Raises EnvironmentProblem when the database does not answer."""
    try:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    except OperationalError as problem:
        raise _unusable(problem) from problem


def refuse_unprepared() -> None:
    """Raises EnvironmentProblem where the tables are not of this version, or the database does not answer."""
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as problem:
        raise _unusable(problem) from problem
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise EnvironmentProblem(
            "The tables are not up to date: `motcua run` brings them up to date at its start. "
            "Start it first, with the same MOTCUA_DATABASE_URL and MOTCUA_HOME."
        )


def _unusable(problem: OperationalError) -> EnvironmentProblem:
    reason = str(problem).strip().splitlines()[0]
    return EnvironmentProblem(
        f"The database cannot be used ({reason}). Check that it runs, and MOTCUA_DATABASE_URL; "
        "without that setting it is a SQLite file in MOTCUA_HOME."
    )


def _stock() -> None:
    """The starter content into an empty base, and a release where none is in force."""
    if not Procedure.objects.exists():
        for path in (starter.PROCEDURES, starter.ARTICLES, starter.CATALOGUE):
            import_path(path)
    if not ExampleQuestion.objects.exists():
        import_path(starter.EXAMPLES)
    lacks_local_values = not LocalOverride.objects.exists()
    if lacks_local_values:
        import_local_values()
    if lacks_local_values or not ActiveRelease.objects.exists():
        click.echo("Đang dựng bản phát hành của kho thủ tục…", err=True)
        build_release()
