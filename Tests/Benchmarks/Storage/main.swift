import Diagnostics
import Foundation
import Permissions
import Storage

// Storage alone, at a million subaccounts: `swift run -c release StorageBenchmarks [COUNT]`; and the
// journal's tail alone, see `ReplayBenchmark`.

let count = CommandLine.arguments.dropFirst().compactMap { Int($0) }.first ?? 1_000_000
let place =
  FileManager.default.temporaryDirectory.path
  + "/storage-benchmark-\(UInt32.random(in: 0 ... .max))"
try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: place) }
let path = Text("\(place)/agency.permdb")

if CommandLine.arguments.contains("replay") {
  try ReplayBenchmark(in: place, count: count).run()
  try FileManager.default.removeItem(atPath: place)
  exit(0)
}

/// Prints how long a body takes, and how long of that the processor worked on it.
@discardableResult
func measure<Result>(_ what: String, _ body: () throws -> Result) rethrows -> Result {
  let start = ContinuousClock.now
  let work = clock()
  let result = try body()
  let worked = Double(clock() - work) / Double(CLOCKS_PER_SEC) * 1000
  let elapsed = (ContinuousClock.now - start) / .milliseconds(1)
  print("\(what): \(rounded(elapsed)) ms, processor \(rounded(worked)) ms")
  return result
}

func rounded(_ milliseconds: Double) -> Double { (milliseconds * 100).rounded() / 100 }

func journalBytes(_ store: Store) -> Int { store.facts.journalBytes }

func context() -> CommitContext {
  CommitContext(actor: "ada", user: "ada", host: "here", time: 1_700_000_000_000)
}

let words = ["Dental", "Legal", "Motors", "Clinic", "Studio", "Foods", "Realty", "Travel"]
let cities = ["Graz", "Oslo", "Lyon", "Porto", "Gdańsk", "Bern", "Turku", "Split", "Ghent"]

func sampleAgency() -> Effects {
  var effects = Effects()
  var emails = ValueColumn(type: .text)
  var minutes = ValueColumn(type: .number)
  var plans = ValueColumn(type: .text)
  for number in 0..<count {
    effects.created.ids.append(Text("\(1_726_005_822_670 + number)x239735712159542050"))
    effects.created.names.append(
      Text("\(cities[number % 9]) \(words[number % 8]) \(number)"))
    effects.created.times.append(1_700_000_000_000 + Int64(number) * 977)
    emails.appendText(bytes: "office\(number)@example.com".utf8.span)
    minutes.append(number: Double(number % 10_000))
    plans.appendText(bytes: (number % 3 == 0 ? "pro" : "basic").utf8.span)
  }
  let all = RowSet(0..<UInt32(count))
  effects.addedAttributes = [AttributeDefinition(name: "plan", type: .text)]
  for (attribute, values) in [(0, emails), (5, minutes), (6, plans)] {
    effects.cells.append(
      AttributeCells(
        attribute: AttributeNumber(attribute), rows: all,
        old: ValueColumn(type: values.type, count: count), new: values))
  }
  for permission in 0..<13 {
    let rows = RowSet(all.lazy.filter { ($0.index * 7919 + permission * 31) % 11 < 6 })
    effects.flips.append(
      PermissionFlips(permission: PermissionNumber(permission), rows: rows))
  }
  return effects
}

let store = try Store.open(path)
do {
  let effects = measure("make the import's effects") { sampleAgency() }
  try store.begin(context())
  measure("append the import") {
    store.append(effects, statement: "import \"agency.csv\"", line: 1)
  }
}
try measure("commit the import") { try store.commit() }
print("journal: \(journalBytes(store)) bytes")
let opened = try measure("open: replay the import") { try Store.open(path) }

let names = (0..<100_000).map { store.table.name(of: Row(UInt32($0 * 7919 % count))) }
measure("first look-up by name") { _ = store.table.rows(named: names[0]) }
measure("100,000 look-ups by name") {
  var found = 0
  for name in names { found += store.table.rows(named: name).count }
  precondition(found == names.count)
}
@MainActor func glob(_ pattern: Text) throws {
  let glob = try Glob(pattern)
  let found = measure("  \(pattern)") { store.table.rows(whereName: .glob(glob)).count }
  print("    \(found) found")
}
print("globs over names")
for pattern in [
  "graz dental 12*", "graz dental 12*", "*legal 77*", "*legal 77*", "*MOTORS*", "*999",
  "*{dental,legal} 1[0-4]*", "*gda?sk*",
] as [Text] {
  try glob(pattern)
}
measure("where plan = pro") {
  _ = store.table.rows(whereAttribute: AttributeNumber(6), .text(.equals("pro"))).count
}
try measure("where email ~ *77@*") {
  let test = try TextTest.glob(Glob("*77@*"))
  _ = store.table.rows(whereAttribute: AttributeNumber(0), .text(test)).count
}
measure("where minutes_used > 9000") {
  _ = store.table.rows(whereAttribute: AttributeNumber(5), .number(.compare(.greater, 9000))).count
}
measure("where permission_count > 7") {
  _ = store.table.rows(wherePermissionCount: .compare(.greater, 7)).count
}
measure("having one, lacking another") {
  _ =
    store.table.holders(of: PermissionNumber(1))
    .subtracting(store.table.holders(of: PermissionNumber(2))).count
}
measure("count by plan") { _ = store.table.groups(by: AttributeNumber(6), in: store.table.live) }
measure("sort by name") { _ = store.table.sorted(store.table.live, by: [SortKey(.name)]) }
measure("sort by minutes_used, name") {
  _ = store.table.sorted(
    store.table.live, by: [SortKey(.attribute(AttributeNumber(5))), SortKey(.name)])
}
measure("nearest names") { print("  ", store.table.nearestNames(to: "Graz Dentel 12", limit: 3)) }

let before = journalBytes(store)
try measure("100,000 grants to one each, by name") {
  try store.begin(context())
  for (line, name) in names.enumerated() {
    let permission = PermissionNumber(20 + line % 2)
    let rows = store.table.rows(named: name)
    var effects = Effects()
    let flips = store.table.flips(setting: permission, to: true, for: rows)
    effects.flips = [PermissionFlips(permission: permission, rows: flips)]
    store.append(effects, statement: Text("grant live_transfer to \"\(name)\""), line: line + 1)
  }
}
try measure("their commit") { try store.commit() }
print("bytes per change: \((journalBytes(store) - before) / 100_000)")
for change in [store.lastChange - 1, store.lastChange - 40_000, 50_000, 2] {
  try measure("as of change \(change)") { _ = try store.table(asOf: change).rowCount }
}
try measure("as of change 50000, again") { _ = try store.table(asOf: 50_000).rowCount }
try measure("who flipped one cell") {
  _ = try store.flips(of: PermissionNumber(20), in: Row(7919), upTo: store.lastChange)
}
try measure("what was touched after change 50000") {
  try store.forEachTouch(after: 50_000) { _, _ in }
}
try measure("100,000 grants, rolled back") {
  try store.begin(context())
  for line in 0..<100_000 {
    store.append(
      .init(flipping: PermissionNumber(22), RowSet(Row(UInt32(line * 7 % count)))),
      statement: "grant send_sms to those", line: line)
  }
  store.rollback()
}
measure("last permission change of all rows") { _ = try? store.lastPermissionChange().count }
measure("again") { _ = try? store.lastPermissionChange().count }
try measure("refresh") { try opened.refresh() }
try measure("open: replay all") { _ = try Store.open(path) }
try measure("1,000 commits of one grant") {
  for number in 0..<1_000 {
    try store.begin(context())
    store.append(
      .init(flipping: PermissionNumber(23), RowSet(Row(UInt32(number)))), statement: "grant",
      line: 1)
    try store.commit()
  }
}

extension Effects {
  init(flipping permission: PermissionNumber, _ rows: RowSet) {
    self.init()
    flips = [PermissionFlips(permission: permission, rows: rows)]
  }
}
