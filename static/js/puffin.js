// Wakes the NHS components of the page, and of each part that htmx puts into it.
import { initAll } from "../vendor/nhsuk-frontend.min.js"

initAll()
document.body.addEventListener("htmx:afterSettle", (event) => initAll(event.detail.elt))
