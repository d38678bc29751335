"""A catalogue entry, as the sources of entries make it."""

from __future__ import annotations

from knowledge_base.content import CATALOGUE, ProcedureContent, Provenance, Signpost


def entry(  # noqa: PLR0913 -- all that is known of it, by name
    *,
    code: str,
    title: str,
    field: str,
    signpost: Signpost,
    source: Provenance,
    url: str,
    aliases: tuple[str, ...] = (),
    levels: tuple[str, ...] = (),
    audience: tuple[str, ...] = (),
    agencies: tuple[str, ...] = (),
) -> ProcedureContent:
    """The content of an entry: no parts, its one provenance under CATALOGUE."""
    return ProcedureContent(
        code=code,
        title=title,
        field=field,
        decision="",
        url=url,
        levels=levels,
        audience=audience,
        aliases=aliases,
        lead=None,
        agencies=agencies,
        receiving_address="",
        methods=(),
        documents=(),
        steps="",
        conditions="",
        result="",
        forms=(),
        legal_basis=(),
        updated=source.date,
        provenance={CATALOGUE: source},
        signpost=signpost,
    )
