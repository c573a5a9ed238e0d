"""How a document for the GP practice stands, as the pages of a plan and of a review show it."""

from dataclasses import dataclass

from fhir.store import Reader
from fhir.store.tables import gp_documents
from plans.gp_document import GpDocument, Standing, standing
from portal.actions.gp_inbox.set_up import is_set_up


@dataclass(frozen=True)
class Shown:
    """One document and how it stands."""

    document: GpDocument
    standing: Standing


@dataclass(frozen=True)
class ByMesh:
    """What is shown: the documents in the order of queueing, and whether MESH is set up at all."""

    documents: tuple[Shown, ...]
    is_set_up: bool


def by_mesh(reader: Reader, about: str, *, is_for_another: bool) -> ByMesh | None:
    """Return what became of what was made from this; None where nothing goes to another practice from it."""
    documents = gp_documents.about(reader, about)
    if not documents and not is_for_another:
        return None
    return ByMesh(tuple(Shown(one, standing(one)) for one in documents), is_set_up(reader))
