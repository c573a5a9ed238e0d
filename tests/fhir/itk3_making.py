"""Answers of ITK3 as a practice's system writes them."""

SYSTEM = "https://fhir.nhs.uk/STU3/CodeSystem/"


def an_answer(answers, code="20013", event="ITK008M", kind="ok"):
    """Return the answer to a message, with a response code of ITK3."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Bundle xmlns="http://hl7.org/fhir"><type value="message"/><entry><resource><MessageHeader>
<event><system value="{SYSTEM}ITK-MessageEvent-2"/><code value="{event}"/></event>
<response><identifier value="{answers}"/><code value="{kind}"/></response></MessageHeader></resource></entry>
<entry><resource><OperationOutcome><issue><severity value="information"/><code value="informational"/>
<details><coding><system value="{SYSTEM}ITK-ResponseCodes-1"/><code value="{code}"/></coding></details>
<diagnostics value="In workflow"/></issue></OperationOutcome></resource></entry></Bundle>""".encode()
