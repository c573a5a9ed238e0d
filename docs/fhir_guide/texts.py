"""The words of the FHIR guide, around the tables that are made."""

README = """\
# Our FHIR: a guide for whoever connects another system

{note}

Puffin keeps asthma action plans of children as FHIR R4 (4.0.1), with UK Core profiles where they hold. This
guide says what is kept, and where. All people in the examples are invented. Their doses show how a dose is
written and are no advice.

- [identifiers.md](identifiers.md): our identifiers and code systems, and every value that they can have
- [extensions.md](extensions.md): our extensions
- [search.md](search.md): what each type is searched by
- [profiles.md](profiles.md): the profiles that we claim
- [examples.md](examples.md): a file for each type, made by the code that writes the store
- [conformance.md](conformance.md): what two independent validators said of all that we write

The addresses of our own begin with a host that is reserved for examples. They are names: nothing answers
there.

## What is kept

{types}

## How a plan lives

A draft is not FHIR. FHIR begins when a clinician signs. From then on a plan never changes: a change is a
new CarePlan, with a new id, whose `replaces` names the one before. Both are written at once, or neither is.
A child has at most one CarePlan of ours that is `active`. All versions of one child's plan have the same
identifier, and `plan-details` says which version each is.

{states}

**Follow a plan only while its CarePlan is `active`.** If you keep a copy, ask again before you show it. If
you cannot ask, show the date on which you took it, and the date by which the plan is to be reviewed:
`period.end`.

A plan is one CarePlan and what it leads to:

- `text.div`: the whole plan in words. It was made for one reader. Do not hand it to another.
- `extension` `plan-details`: what a clinician entered that FHIR has no element for.
- MedicationRequest: one for each medicine, found through the RequestGroups. Each Dosage says by
  `dosage-use` what it is for. Never read a Dosage without it: in an attack another dose counts than in the
  morning.
- `activity`: three RequestGroups, in the order of the plan, and a review after hospital if one was open.
- `supportingInfo`: the best peak flow. A plan that rests on symptoms has none.
- `careTeam`: who may see the plan now. `encounter`: the stay after which it was signed.

One inhaler for every day and for symptoms (MART) is one MedicationRequest with two instructions, and there is
no request for a reliever. An inhaler that is used only when needed (AIR) has one. What a clinician wrote for
getting worse and for an attack stands inside the instruction for when it is needed.

A dose is what a named clinician typed or confirmed. None is computed, converted or filled in. A number that
nobody entered is not there: it is never 0.

## Copies

A plan leaves as a Bundle of type `collection`, made for one kind of reader, which its tag names. The copies
for a family, a school, a child, a wallet, an emergency and a pharmacist hold the plan as that reader may
see it: CarePlan, MedicationRequest, the best peak flow if the reader sees it, Patient and Organization. They
never hold a DetectedIssue, a Flag, a CareTeam, or a document of another copy. Only the record's copy is
whole. It is for professionals.

A resource that a reader may not see does not exist for them: there is no difference between hidden and
absent.

## Signals

A DetectedIssue says what a published rule found in the child's record, and where that rule is from. A Flag
is the same for the few that must be read before anything is done. They are computed when a record's copy is
made, as of that moment: `identifiedDateTime`, and `Flag.period.start`. They are never kept. Do not keep
them either: ask again.

- Every one is labelled R (restricted). Never show it to a family, a child or a school, and never print it.
- There is no severity, no score and no rank. They are facts to look at.
- No signal does not mean low risk. It means that nothing was found in this record. The same holds if no
  record came in, which gives no signal at all.

## Printed copies

The record's copy holds the family's copy as it was printed: a Binary with the PDF, and a DocumentReference.
It is in English, and in the family's language where the wording of that language is signed off. A
translation `transforms` the English one. `docStatus` is `preliminary` where nobody has signed the wording
off yet, which only a demo prints. `status` is `superseded` once the plan has ended.

## Reviews after hospital

A Task of code `review-after-hospital` is due at `restriction.period.end`, the end of the second working day
of the practice's nation. Only a recorded review, a named decision that none is needed, or a cancelled
discharge ends it. What happened to it is in its `review-event` extensions.

## Concerns

A Task of code `concern` is what worries a professional, and how safe they say that the child is. It is
labelled R and is for professionals alone. Its owner is the team that must act now, which changes until
somebody answers; each team that was told has a Communication of category `concern`, which says nothing of
the concern itself.

## Labels and tags

- `meta.security` R: families and schools must never see this.
- `meta.tag` HTEST on a Bundle: everybody in it is invented.
"""

IDENTIFIERS = """\
# Identifiers and code systems

{note}

## Ours

{ours}

Each code system is also a CodeSystem in [definitions/](definitions/), which a validator can load.

## Those of others

{others}

## Codes of others that we write

dm+d codes of medicines are not listed here: each product has its own.

{codes}
"""

EXTENSIONS_PAGE = """\
# Extensions

{note}

The address of each begins with `{beginning}`.

{extensions}

## The parts of plan-details

Each part is an extension inside `plan-details`, whose `url` is the name alone. A part may be there several
times, as `trigger` is, or not at all: then nobody said anything.

{parts}
"""

SEARCH = """\
# What each type is searched by

{note}

Names are those of FHIR R4, and a few of our own. Every parameter must hold; several values in a list are
"or". A parameter that is not known is refused and never ignored. `patient` and `subject` mean the same.
Every type also has `_id` and `_lastUpdated`. `_sort` takes a date. The newest come first.

A page has 50 resources, or as many as `_count` says, and 1,000 at most. `next` asks for the page after.
`_include` adds what the matches point to, and `_revinclude` what points to them. What somebody may not see is
left out in the search itself, so that pages and numbers tell nothing of it.

Tokens are `code` or `system|code`. Dates may begin with `eq`, `gt`, `lt`, `ge` or `le`. Names are found by
how they begin, whatever their case.

## Our own

FHIR R4 has no parameter for these. Each is declared as a SearchParameter: see [examples.md](examples.md).

{ours}

## By type

{types}
"""

PROFILES = """\
# Profiles

{note}

A profile is claimed only where what we write holds to it. Where UK Core has none, FHIR R4 itself is what
holds.

{profiles}
"""

EXAMPLES_PAGE = """\
# Examples

{note}

Each file is one resource, made by the code that writes the store. Everybody in them is invented, and their
ids and dates stay the same. A resource in a store also has `meta.versionId` and `meta.lastUpdated`.

{examples}
"""
