// Writing a plan: what is typed while htmx puts parts into the page is never lost, nor is the place of the cursor.
const TYPED = "input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea"
const builder = () => document.getElementById("builder")

// What a check was asked about, what stood in the boxes when its answer came, and where the cursor was.
let asked = new Map()
let before = null

function typed() {
  const boxes = builder()?.querySelectorAll(TYPED) ?? []
  return new Map([...boxes].map((box) => [box.id, { box, value: box.value }]))
}

function cursor() {
  const at = document.activeElement
  const isText = at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && ["text", "tel"].includes(at.type))
  return { id: at?.id, from: isText ? at.selectionStart : null, to: isText ? at.selectionEnd : null }
}

function isCheck(event) {
  return event.detail.target?.id === "open-points"
}

// Once an answer sends the browser elsewhere, a change that still waits would be checked against an old version.
let leaving = false

addEventListener("pageshow", () => { leaving = false })

document.body.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.getResponseHeader("HX-Redirect")) leaving = true
})

document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (leaving && isCheck(event)) event.preventDefault()
  else if (isCheck(event)) asked = new Map([...typed()].map(([id, { value }]) => [id, value]))
})

document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (isCheck(event)) before = { typed: typed(), cursor: cursor(), shown: shown() }
})

document.body.addEventListener("htmx:afterSwap", () => {
  if (before === null) return
  const { typed: boxes, cursor: place, shown: sections } = before
  before = null
  const restored = putBack(boxes)
  goBackTo(place)
  openWhatProblemsAreAbout()
  bringIntoView(sections)
  restored?.dispatchEvent(new Event("change", { bubbles: true }))
})

// Ticks are not put back: words that read differently now must be read before they are ticked.
function putBack(boxes) {
  let restored = null
  for (const [id, { box, value }] of boxes) {
    const now = document.getElementById(id)
    if (!now || now === box || value === asked.get(id) || value === now.value) continue
    now.value = value
    restored = now
  }
  return restored
}

function goBackTo({ id, from, to }) {
  const box = id && document.getElementById(id)
  if (!box) return
  if (document.activeElement !== box) box.focus({ preventScroll: true })
  if (from !== null && box.value.length >= to) box.setSelectionRange(from, to)
}

// The parts of the family's copy, so that the one that changed can be brought into view beside the form.
function shown() {
  return [...document.querySelectorAll("#preview-page section")].map((section) => section.textContent)
}

function bringIntoView(sections) {
  const page = document.getElementById("preview-page")
  const changed = [...page.querySelectorAll("section")].find((section) => !sections.includes(section.textContent))
  if (!changed || page.contains(document.activeElement)) return
  page.scrollTop += changed.getBoundingClientRect().top - page.getBoundingClientRect().top
}

function unfold(element) {
  for (let part = element?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true
}

function meantBy(link) {
  return document.getElementById(decodeURIComponent(link.hash.slice(1)))
}

function openWhatProblemsAreAbout() {
  for (const link of document.querySelectorAll("#open-points a[href^='#']")) unfold(meantBy(link))
}

// Before the NHS summary of errors goes to its field, which may be folded away.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']")
  const field = link && builder() && meantBy(link)
  if (!field) return
  unfold(field)
  if (!link.closest("#open-points, .puffin-to-points")) return
  event.preventDefault()
  field.focus()
  const top = field.closest(".nhsuk-form-group") ?? field
  top.scrollIntoView({ block: "center" })
}, true)

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-fills]")
  if (!button) return
  const [ids, texts] = [button.dataset.fills.split(" "), button.dataset.with.split("\n")]
  ids.forEach((id, at) => { document.getElementById(id).value = texts[at] })
  button.dispatchEvent(new Event("change", { bubbles: true }))
})

document.addEventListener("change", (event) => {
  const part = event.target.dataset?.opens
  if (part) unfold(document.getElementById(part))
})

// Beside the form where there is room for both, else folded below it.
const NARROW = matchMedia("(max-width: 60em)")

function foldThePreview() {
  const preview = document.querySelector("#preview:not([data-placed])")
  if (!preview) return
  preview.dataset.placed = ""
  if (NARROW.matches) preview.open = false
}

foldThePreview()
document.body.addEventListener("htmx:afterSettle", foldThePreview)
