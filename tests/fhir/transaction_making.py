"""Makes FHIR transactions: name only what your test is about."""


def transaction(*entries: dict) -> dict:
    """Return a transaction Bundle of these entries."""
    return {"resourceType": "Bundle", "type": "transaction", "entry": list(entries)}


def post(resource: dict, full_url: str = "", **request: str) -> dict:
    """Return an entry that adds a resource."""
    return _entry("POST", resource["resourceType"], resource, full_url, request)


def put(resource: dict, version: str = "", full_url: str = "") -> dict:
    """Return an entry that changes the resource of an id, made from a version of it."""
    request = {"ifMatch": f'W/"{version}"'} if version else {}
    return _entry("PUT", f"{resource['resourceType']}/{resource['id']}", resource, full_url, request)


def get(url: str) -> dict:
    """Return an entry that reads."""
    return {"request": {"method": "GET", "url": url}}


def _entry(method: str, url: str, resource: dict, full_url: str, request: dict) -> dict:
    named = {"fullUrl": full_url} if full_url else {}
    return named | {"resource": resource, "request": {"method": method, "url": url} | request}
