// Validates a file of resources, one a line, and writes a line of JSON about each, in the same order.
// Arguments: the file of resources, the file to write, and folders of definitions if there are any.
// The first line says which profiles were loaded. There is no terminology server.

import { readFileSync, writeFileSync } from "node:fs";
import { readFolder, readR4, withSnapshot } from "./definitions.mjs";
import { ValueSets } from "./value_sets.mjs";

globalThis.WebSocket ??= class {}; // Node 20 has none, and the library looks for it as it loads
const { OperationOutcomeError, indexStructureDefinitionBundle, validateResource } = await import("@medplum/core");

const [source, target, ...folders] = process.argv.slice(2);
const bundles = ["profiles-types.json", "profiles-resources.json"].map(readR4);
bundles.forEach(indexStructureDefinitionBundle);
const extra = folders.flatMap(readFolder);
const terminology = ["valuesets.json", "v3-codesystems.json"].flatMap((name) => readR4(name).entry);
const valueSets = new ValueSets([...terminology.map(({ resource }) => resource), ...extra]);
const profiles = loaded();

const lines = readFileSync(source, "utf8").split("\n").filter(Boolean);
const said = lines.map((line) => ({ issues: issuesOf(JSON.parse(line)) }));
writeFileSync(target, [{ loaded: [...profiles.keys()] }, ...said].map((one) => JSON.stringify(one) + "\n").join(""));

function loaded() {
  const bases = new Map(bundles.flatMap(({ entry }) => entry).map(({ resource }) => [resource.url, resource]));
  const constraints = extra.filter(
    ({ resourceType, derivation, type }) =>
      resourceType === "StructureDefinition" && derivation === "constraint" && type !== "Extension",
  );
  return new Map(
    constraints
      .filter(({ baseDefinition }) => bases.has(baseDefinition))
      .map((profile) => [profile.url, withSnapshot(profile, bases.get(profile.baseDefinition))]),
  );
}

function issuesOf(resource) {
  const resources = resource.resourceType === "Bundle" ? resource.entry.map((entry) => entry.resource) : [];
  return [...validated(resource), ...claimed(resource), ...resources.flatMap(claimed)];
}

function claimed(resource) {
  return (resource.meta?.profile ?? []).flatMap((url) =>
    profiles.has(url) ? validated(resource, profiles.get(url)) : folders.length ? [notLoaded(url)] : [],
  );
}

function validated(resource, profile) {
  const tokens = {};
  try {
    return [...validateResource(resource, { profile, collect: { tokens } }).map(asIssue), ...wrongCodes(tokens)];
  } catch (error) {
    if (error instanceof OperationOutcomeError) {
      return [...error.outcome.issue.map(asIssue), ...wrongCodes(tokens)];
    }
    throw error;
  }
}

function wrongCodes(tokens) {
  return Object.entries(tokens).flatMap(([url, values]) => values.flatMap((token) => wrongCode(url, token)));
}

function wrongCode(url, { path, value }) {
  const codings = typeof value === "string" ? [{ code: value }] : (value.coding ?? [value]);
  const held = codings.map(({ system, code }) => valueSets.holds(url, system, code));
  if (held.includes(true)) {
    return [];
  }
  if (held.includes(undefined)) {
    return [{ severity: "warning", rule: "value-set", path, message: `Nobody here can check ${url}` }];
  }
  return [{ severity: "error", rule: "required-code", path, message: `No code of ${url}` }];
}

function asIssue({ severity, code, expression, details, diagnostics }) {
  return { severity, rule: code, path: expression?.join(" ") ?? "", message: details?.text ?? diagnostics ?? "" };
}

function notLoaded(url) {
  return { severity: "error", rule: "profile", path: "meta.profile", message: `The profile ${url} was not loaded` };
}
