// Which codes a value set holds, where that can be told without a terminology server.

const LANGUAGES = "urn:ietf:bcp:47";
const MIME_TYPES = "urn:ietf:bcp:13";

export class ValueSets {
  constructor(definitions) {
    this.byUrl = new Map(definitions.map((definition) => [definition.url, definition]));
    this.expanded = new Map();
  }

  // true, false, or undefined where nobody here can tell.
  holds(url, system, code) {
    const codes = this.codesOf(url.split("|")[0]);
    return codes?.(system, code);
  }

  codesOf(url) {
    if (!this.expanded.has(url)) {
      this.expanded.set(url, this.expand(this.byUrl.get(url)));
    }
    return this.expanded.get(url);
  }

  expand(valueSet) {
    const parts = valueSet?.compose?.include?.map((include) => this.partOf(include));
    if (!parts || parts.includes(undefined) || valueSet.compose.exclude) {
      return undefined;
    }
    return (system, code) => parts.some((part) => part(system, code));
  }

  partOf({ system, concept, filter, valueSet }) {
    if (filter || (valueSet && system)) {
      return undefined;
    }
    if (valueSet) {
      const all = valueSet.map((url) => this.codesOf(url.split("|")[0]));
      return all.includes(undefined) ? undefined : (itsSystem, code) => all.every((one) => one(itsSystem, code));
    }
    const isCode = concept ? amongst(concept) : this.codesOfSystem(system);
    return isCode && ((itsSystem, code) => (itsSystem ?? system) === system && isCode(code));
  }

  codesOfSystem(system) {
    if (system === LANGUAGES) {
      return isLanguage;
    }
    if (system === MIME_TYPES) {
      return (code) => /^[\w.+-]+\/[\w.+-]+(;.*)?$/.test(code);
    }
    const codeSystem = this.byUrl.get(system);
    return codeSystem?.content === "complete" ? amongst(codeSystem.concept ?? []) : undefined;
  }
}

function amongst(concepts) {
  const codes = new Set();
  const waiting = [...concepts];
  while (waiting.length) {
    const { code, concept } = waiting.pop();
    codes.add(code);
    waiting.push(...(concept ?? []));
  }
  return (code) => codes.has(code);
}

// By its form: which languages there are, Node does not know of all.
function isLanguage(code) {
  try {
    return /^[a-z]{2,3}$/.test(new Intl.Locale(code).language);
  } catch {
    return false;
  }
}
