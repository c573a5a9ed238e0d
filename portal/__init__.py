"""The portal: who uses Puffin, and how. create_app wires it together and does nothing else."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from htmx_flask import Htmx

from fhir.store import Store
from portal.access import guard
from portal.errors import Portal, show_errors
from portal.parts import Clock, Parts
from portal.security import secure
from portal.sessions import StoreSessions
from portal.settings import Settings
from portal.templating import set_up_templates
from portal.views import blueprints

LARGEST_REQUEST = 5 * 1024 * 1024  # bytes


def create_app(store: Store, clock: Clock, notifier: object, settings: Settings) -> Flask:
    """Return the portal over this store; `clock` says what time it is, `notifier` carries messages."""
    app = Portal(__name__, static_folder="../static")
    app.extensions["puffin"] = Parts(store, clock, notifier, settings)
    app.secret_key = settings.secret_key
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        SEND_FILE_MAX_AGE_DEFAULT=0,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        WTF_CSRF_SSL_STRICT=False,  # it asks for a referrer, which our pages do not send
    )
    app.session_interface = StoreSessions(secure=settings.secure_cookies)
    set_up_templates(app)
    Htmx(app)
    secure(app)
    show_errors(app)
    guard(app)  # before the check of forms, so that an ended session leads to signing in
    CSRFProtect(app)
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    return app
