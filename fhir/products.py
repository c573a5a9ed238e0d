"""A product of the medicines list as FHIR names it: what is on its box, and its dm+d code."""

from fhir.medication import Printed
from plans.medicines import read_medicines


def printed(key: str) -> Printed:
    """Return the name on the box and the dm+d code ("" where none was verified) of a product key."""
    product = read_medicines().by_key(key)
    if product is None:
        return Printed(name=key)
    return Printed(
        name=product.printed_name, code=product.amp_codes[0] if len(product.amp_codes) == 1 else ""
    )
