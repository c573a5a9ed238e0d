"""The command line, a module for each noun. A command asks an action, and says what came of it."""

from click import Command

from portal.commands import (
    accounts,
    audit,
    discharges,
    figures,
    languages,
    places,
    plans,
    records,
    serving,
    store,
    teams,
)

# A command imports what it works with inside itself, since every start loads all these modules.
COMMANDS: tuple[Command, ...] = (
    serving.serve,
    serving.listen,
    serving.seed,
    accounts.user,
    places.place,
    teams.team,
    records.import_files,
    plans.plans,
    plans.pdf,
    plans.export,
    discharges.discharge,
    discharges.due,
    discharges.alerts,
    figures.figures,
    languages.languages,
    audit.audit,
    store.backup,
    store.restore,
    store.copy_store,
)
