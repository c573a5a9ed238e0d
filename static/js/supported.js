// Says before anything is drawn that scripts run here: NHS styles hide what needs them otherwise.
document.body.classList.add("js-enabled")
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("nhsuk-frontend-supported")
