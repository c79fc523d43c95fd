import Diagnostics
import Evaluation
import Language
import Storage
import Testing

@Suite("Merging a file with the store")
struct ImportMergeTests {
  static let now: Int64 = 1_790_000_000_000

  private static func merge(
    _ file: ModelFile, into table: Table, matching key: ImportFile.Key? = nil,
    includingProtected: Bool = false
  ) throws(ImportProblem) -> ImportMerge {
    try ImportMerge(
      of: file.imported, into: table, matching: key, includingProtected: includingProtected,
      now: now, makeIDs: { count in (0..<count).map { Text("made\($0)") } })
  }

  private static func counts(_ merge: ImportMerge) -> ModelAgency.MergeCounts {
    ModelAgency.MergeCounts(
      created: merge.created, updated: merge.updated.count, already: merge.already,
      protected: merge.protected)
  }

  // MARK: What each part of a file does

  @Test("an absent column or row removes nothing, and an empty cell leaves the value")
  func partial() throws {
    var table = try ModelAgency.small.store().table
    let file = ModelFile(
      header: ["id", "plan", "agent_types.outbound", "max_minutes"],
      rows: [["100x1", "", "false", ""], ["100x3", "basic", "", "750"]])
    let merge = try ImportMergeTests.merge(file, into: table)
    #expect(ImportMergeTests.counts(merge) == .init(updated: 2))
    var expected = ModelAgency.small
    expected.subaccounts[0].permissions.remove("agent_types.outbound")
    expected.subaccounts[2].attributes["plan"] = .text("basic")
    expected.subaccounts[2].attributes["max_minutes"] = .number(750)
    let before = ModelAgency(table)
    table.apply(merge.effects)
    #expect(ModelAgency(table).subaccounts == expected.subaccounts)
    table.revert(merge.effects)
    #expect(ModelAgency(table).subaccounts == before.subaccounts)
  }

  @Test("a new subaccount has just what the file says, and what is always on")
  func new() throws {
    var table = try ModelAgency.small.store().table
    let file = ModelFile(
      header: ["name", "id", "created", "general.logs", "general.assistants", "seats"],
      rows: [
        ["Late", "z", "3000", "true", "", "many"], ["Nameless id", "", "", "", "false", ""],
        ["Early", "y", "2000", "false", "true", ""], ["Also early", "x", "2000", "", "", "few"],
      ])
    let merge = try ImportMergeTests.merge(file, into: table)
    #expect(ImportMergeTests.counts(merge) == .init(created: 4))
    #expect(merge.notes == [.alwaysEnabled("general.assistants", rows: 1)])
    table.apply(merge.effects)
    let made = ModelAgency(table).subaccounts.dropFirst(5)
    #expect(made.map(\.name) == ["Early", "Also early", "Late", "Nameless id"])
    #expect(made.map(\.id) == ["y", "x", "z", "made0"])
    #expect(made.map(\.created) == [2000, 2000, 3000, ImportMergeTests.now])
    #expect(
      made.map { $0.permissions.sorted() } == [
        ["general.assistants"], ["general.assistants"], ["general.assistants", "general.logs"],
        ["general.assistants"],
      ])
    #expect(made.map { $0.attributes["seats"] } == [nil, .text("few"), .text("many"), nil])
  }

  @Test("a name that the file gives to several subaccounts is warned of, once")
  func givenSharedNames() throws {
    var table = try ModelAgency.small.store().table
    let taken = table.name(of: Row(0))
    let file = ModelFile(
      header: ["id", "name"],
      rows: [["n1", taken.string], ["n2", "Twin"], ["n3", "Twin"], ["n4", "Single"]])
    let merge = try ImportMergeTests.merge(file, into: table)
    #expect(merge.notes == [.sharedNames([taken, "Twin"], count: 2)])
    #expect(merge.notes.map(\.severity) == [.warning])
    table.apply(merge.effects)
    #expect(try ImportMergeTests.merge(file, into: table).notes == [])
  }

  @Test("a column without a value makes no attribute")
  func emptyColumn() throws {
    let table = try ModelAgency.small.store().table
    let file = ModelFile(header: ["id", "seats"], rows: [["100x1", ""]])
    let merge = try ImportMergeTests.merge(file, into: table)
    #expect(merge.effects.addedAttributes == [])
    #expect(merge.already == 1)
  }

  @Test("matching by id brings new names; matching by name keeps ids")
  func keys() throws {
    let table = try ModelAgency.small.store().table
    let renaming = ModelFile(header: ["id", "name"], rows: [["100x1", "Acme"], ["100x2", ""]])
    let byID = try ImportMergeTests.merge(renaming, into: table, includingProtected: true)
    #expect(byID.effects.renames == [Rename(row: Row(0), old: "Acme Dental", new: "Acme")])
    #expect(byID.already == 1)
    let other = ModelFile(header: ["id", "name"], rows: [["other", "Acme Dental"]])
    let byName = try ImportMergeTests.merge(other, into: table, matching: .name)
    #expect(byName.already == 1)
    #expect(byName.notes == [.otherIDs(1)])
  }

  @Test("a protected subaccount is left alone and counted, unless the statement includes it")
  func protected() throws {
    let table = try ModelAgency.small.store().table
    let file = ModelFile(
      header: ["id", "name", "plan"], rows: [["100x2", "Other", "pro"], ["100x1", "", "pro"]])
    let merge = try ImportMergeTests.merge(file, into: table)
    #expect(ImportMergeTests.counts(merge) == .init(already: 1, protected: 1))
    #expect(merge.effects.renames.isEmpty && merge.effects.cells.isEmpty)
    let all = try ImportMergeTests.merge(file, into: table, includingProtected: true)
    #expect(ImportMergeTests.counts(all) == .init(updated: 1, already: 1))
  }

  // MARK: What is refused, and what is only told

  struct Refusal: CustomTestStringConvertible {
    let testDescription: String
    var header = ["id", "name"]
    let rows: [[String]]
    var key: ImportFile.Key?
    let problem: ImportProblem
  }

  static let refusals = [
    Refusal(
      testDescription: "an id is twice",
      rows: [["a", "A"], ["b", "B"], ["a", "C"], ["b", "D"]],
      problem: .twice(.id, "a", .init(first: 2, second: 4), others: 1)),
    Refusal(
      testDescription: "a name is twice where rows match by name", header: ["name"],
      rows: [["A"], ["B"], ["B"]],
      problem: .twice(.name, "B", .init(first: 3, second: 4), others: 0)),
    Refusal(
      testDescription: "several subaccounts share the name", header: ["name"],
      rows: [["Acme Dental"], ["Twin"]], problem: .sharedName("Twin", line: 3, count: 2)),
    Refusal(
      testDescription: "there is nothing to match by", header: ["plan"], rows: [["pro"]],
      problem: .noKeys),
    Refusal(
      testDescription: "there are no ids to match by", header: ["name"], rows: [["A"]], key: .id,
      problem: .noColumn(.id)),
    Refusal(
      testDescription: "there are no names to match by", header: ["id"], rows: [["100x1"]],
      key: .name,
      problem: .noColumn(.name)),
    Refusal(
      testDescription: "a row has no id, and is to match by it",
      rows: [["100x1", ""], ["", "B"]],
      key: .id, problem: .rowWithoutKey(.id, line: 3)),
    Refusal(
      testDescription: "a row has no name", header: ["name"], rows: [["A"], [""]],
      problem: .rowWithoutKey(.name, line: 3)),
    Refusal(
      testDescription: "a row has neither", rows: [["100x1", ""], ["", ""]],
      problem: .rowWithoutKey(.name, line: 3)),
    Refusal(
      testDescription: "a new subaccount has no name", rows: [["100x1", ""], ["new", ""]],
      problem: .newWithoutName(line: 3, id: "new")),
    Refusal(
      testDescription: "a new subaccount's id is another's", rows: [["100x1", "New"]], key: .name,
      problem: .idTaken("100x1", line: 2)),
    Refusal(
      testDescription: "two new ones matched by name have one id",
      rows: [["n", "A"], ["n", "B"]],
      key: .name, problem: .twice(.id, "n", .init(first: 2, second: 3), others: 0)),
    Refusal(
      testDescription: "a row without an id names another row's subaccount",
      rows: [["100x1", "Renamed"], ["", "Acme Dental"]],
      problem: .twice(.name, "Acme Dental", .init(first: 2, second: 3), others: 0)),
    Refusal(
      testDescription: "a row without an id has the name of one with",
      rows: [["new", "New"], ["", "New"]],
      problem: .twice(.name, "New", .init(first: 2, second: 3), others: 0)),
    Refusal(
      testDescription: "an attribute has another type", header: ["id", "plan", "max_minutes"],
      rows: [["100x1", "x", "5"]],
      problem: .otherType(attribute: "plan", store: "number", file: "text")),
  ]

  @Test("a file that can't be merged is refused with its lines", arguments: refusals)
  func refuses(_ test: Refusal) throws {
    var agency = ModelAgency.small
    if case .otherType = test.problem {
      for index in agency.subaccounts.indices {
        agency.subaccounts[index].attributes["plan"] = .number(1)
      }
    }
    let table = try agency.store().table
    let file = ModelFile(header: test.header, rows: test.rows)
    #expect(throws: test.problem) {
      try ImportMergeTests.merge(file, into: table, matching: test.key)
    }
  }

  @Test("ids that look alike stay two, with a warning")
  func similarIDs() throws {
    let file = ModelFile(
      header: ["id", "name"],
      rows: [
        ["caf\u{E9}", "A"], ["cafe\u{301}", "B"], ["plain", "C"], ["plain ", "D"],
        ["\u{A0}x", "E"],
      ])
    let merge = try ImportMergeTests.merge(file, into: Table())
    #expect(merge.created == 5)
    #expect(
      merge.notes == [
        .similarIDs(.init(first: 2, second: 3)), .similarIDs(.init(first: 4, second: 5)),
      ])
    #expect(merge.notes.allSatisfy { $0.severity == .warning && $0.code.hasPrefix("W") })
  }

  @Test("names may be shared in a file with ids")
  func sharedNames() throws {
    let file = ModelFile(header: ["id", "name"], rows: [["a", "Same"], ["b", "Same"]])
    #expect(try ImportMergeTests.merge(file, into: Table()).created == 2)
  }
}
