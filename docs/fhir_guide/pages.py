"""The open guide to our FHIR: pages and examples for whoever connects another system."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from docs.fhir_guide.addresses import ADDRESSES, OTHERS, Address
from docs.fhir_guide.codings import of_others
from docs.fhir_guide.definitions import code_system_files
from docs.fhir_guide.examples import EXAMPLES, Example
from docs.fhir_guide.extensions import BEGINNING, EXTENSIONS, parts, uses
from docs.fhir_guide.texts import EXAMPLES_PAGE, EXTENSIONS_PAGE, IDENTIFIERS, PROFILES, README, SEARCH
from docs.fhir_guide.types import TYPES
from docs.markdown import NOTE, table
from fhir.care_plan import STATUS
from fhir.search_parameter import OUR_OWN, address
from fhir.store.search.parameters import SEARCH_PARAMETERS, Parameter

FOLDER = "fhir/"


def readme() -> str:
    """Return the first page: what is kept, and how a plan lives."""
    return README.format(
        note=NOTE,
        types=table(("Type", "What it is here", "Examples"), (_type(*row) for row in TYPES.items())),
        states=table(("A plan that is", "is a CarePlan that is"), STATUS.items()),
    )


def identifiers() -> str:
    """Return every address of ours with its allowed values, and what we use those of others for."""
    ours = (_system(one) for one in ADDRESSES)
    others = table(("Address", "What it is for"), ((f"`{url}`", means) for url, means in OTHERS.items()))
    written = table(("System", "Code", "What it says"), _codes())
    return IDENTIFIERS.format(note=NOTE, ours="\n\n".join(ours), others=others, codes=written)


def extensions() -> str:
    """Return every extension of ours: its type, where it stands, what it means, its allowed values."""
    rows = ((f"`{name}`", *_used(name), means, _listed(values)) for name, (means, values) in _by_name())
    return EXTENSIONS_PAGE.format(
        note=NOTE,
        beginning=BEGINNING,
        extensions=table(("Name", "Type", "Stands on", "What it means", "Allowed values"), rows),
        parts=table(
            ("Part", "Type", "Allowed values, or its own parts"),
            ((f"`{name}`", f"`{value}`" if value != "parts" else value, say) for name, value, say in parts()),
        ),
    )


def search() -> str:
    """Return what each type is searched by."""
    ours = ((f"`{kind}`", f"`{name}`", f"`{address(kind, name)}`") for kind, name in OUR_OWN)
    headings = ("Name", "Kind", "Where its values are", "From")
    types = (f"### {kind}\n\n{table(headings, _parameters(kind))}" for kind in SEARCH_PARAMETERS)
    return SEARCH.format(
        note=NOTE,
        ours=table(("Type", "Name", "Address"), ours),
        types="\n\n".join(types),
    )


def profiles() -> str:
    """Return which profile each type claims, as the examples claim it."""
    claims = {kind: _claimed(kind) for kind in TYPES}
    rows = ((kind, ", ".join(f"`{one}`" for one in found) or "none") for kind, found in claims.items())
    return PROFILES.format(note=NOTE, profiles=table(("Type", "Profile"), rows))


def examples() -> str:
    """Return the list of the examples."""
    rows = ((f"[{one.name}](examples/{one.name}.json)", one.shows) for one in EXAMPLES)
    return EXAMPLES_PAGE.format(note=NOTE, examples=table(("Example", "What it shows"), rows))


def fhir_pages() -> Mapping[str, Callable[[], str]]:
    """Return every page, example and code system, by its path in docs/."""
    pages = {
        "README": readme,
        "identifiers": identifiers,
        "extensions": extensions,
        "search": search,
        "profiles": profiles,
        "examples": examples,
    }
    return {
        **{f"{FOLDER}{name}.md": page for name, page in pages.items()},
        **{f"{FOLDER}examples/{one.name}.json": one.text for one in EXAMPLES},
        **{f"{FOLDER}definitions/{name}": text for name, text in code_system_files().items()},
    }


def _type(kind: str, means: str) -> tuple[str, str, str]:
    shown = (_link(one) for one in EXAMPLES if one.type == kind)
    return f"**{kind}**", means, ", ".join(shown)


def _link(example: Example) -> str:
    return f"[{example.name.partition('-')[2]}](examples/{example.name}.json)"


def _system(one: Address) -> str:
    values = list(one.values())
    listed = table(("Value", "What it stands for"), ((f"`{value}`", means) for value, means in values))
    return f"### `{one.url}`\n\n{one.means}" + (f"\n\n{listed}" if values else "")


def _codes() -> Iterator[tuple[str, str, str]]:
    return ((f"`{system}`", f"`{code}`", display) for system, code, display in of_others())


def _by_name() -> Iterable[tuple[str, tuple[str, tuple[str, ...]]]]:
    return sorted(EXTENSIONS.items())


def _used(name: str) -> tuple[str, str]:
    found = uses()[name]
    values = dict.fromkeys(one.value for one in found)
    return ", ".join(values), ", ".join(f"`{one.element}`" for one in found)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _parameters(kind: str) -> Iterator[tuple[str, ...]]:
    for name, parameter in SEARCH_PARAMETERS[kind].items():
        own = "ours" if (kind, name) in OUR_OWN else "FHIR R4"
        yield f"`{name}`", parameter.kind, _where(parameter), own


def _where(parameter: Parameter) -> str:
    paths = ", ".join(f"`{path}`" for path in parameter.paths)
    return f"{paths} (a {parameter.target} only)" if parameter.target else paths


def _claimed(kind: str) -> Iterable[str]:
    made = (one.make() for one in EXAMPLES if one.type == kind)
    return dict.fromkeys(profile for one in made for profile in one.get("meta", {}).get("profile", ()))
