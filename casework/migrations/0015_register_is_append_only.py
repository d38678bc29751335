from django.db import migrations

from nlu.text import fold

REFUSAL = 'the register of a report is append-only: enter a line that corrects the earlier one'

SQLITE = f"""
CREATE TRIGGER register_is_append_only BEFORE UPDATE ON casework_reportstep
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""

POSTGRESQL = f"""
CREATE FUNCTION register_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER register_is_append_only BEFORE UPDATE ON casework_reportstep
FOR EACH ROW EXECUTE FUNCTION register_is_append_only();
"""


def close(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == 'sqlite' else POSTGRESQL, params=None)


def reopen(apps, schema_editor):
    if schema_editor.connection.vendor == 'sqlite':
        schema_editor.execute('DROP TRIGGER IF EXISTS register_is_append_only')
    else:
        schema_editor.execute('DROP TRIGGER IF EXISTS register_is_append_only ON casework_reportstep')
        schema_editor.execute('DROP FUNCTION IF EXISTS register_is_append_only()')


def make_searchable(apps, schema_editor):
    Report = apps.get_model('casework', 'Report')
    for report in Report.objects.only('text', 'place').iterator():
        Report.objects.filter(pk=report.pk).update(folded=fold(f'{report.text}\n{report.place}'))


class Migration(migrations.Migration):
    dependencies = [('casework', '0014_reports_moved_by_acts')]

    operations = [
        migrations.RunPython(make_searchable, migrations.RunPython.noop),
        migrations.RunPython(close, reopen),
    ]
