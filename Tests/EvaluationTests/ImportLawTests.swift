import Diagnostics
import Evaluation
import Language
import Storage
import Testing

@Suite("Laws of merging")
struct ImportLawTests {
  static let now: Int64 = 1_790_000_000_000

  @Test(
    "a random file merges as in the naive model, and a second time changes nothing",
    arguments: 0..<40)
  func model(seed: Int) throws {
    var generator = SeededGenerator(seed: seed)
    var agency = ModelAgency.random(generator.pick([0, 3, 40, 90]), using: &generator)
    var table = try agency.store().table
    let byName = generator.chance(oneIn: 3)
    let includingProtected = generator.chance(oneIn: 3)
    let file = ImportLawTests.file(about: agency, byName: byName, using: &generator)
    let merge = {
      try ImportMerge(
        of: file.imported, into: table, matching: byName ? .name : nil,
        includingProtected: includingProtected, now: ImportLawTests.now,
        makeIDs: { Array(repeating: "made", count: $0) })
    }
    let first = try merge()
    let counts = agency.merge(
      file, byName: byName, includingProtected: includingProtected, now: ImportLawTests.now)
    #expect(
      counts
        == .init(
          created: first.created, updated: first.updated.count, already: first.already,
          protected: first.protected))
    let before = ModelAgency(table).subaccounts
    table.apply(first.effects)
    #expect(ModelAgency(table).subaccounts == agency.subaccounts)
    table.revert(first.effects)
    #expect(ModelAgency(table).subaccounts == before)
    table.apply(first.effects)
    let second = try merge()
    #expect(second.created == 0 && second.updated.isEmpty)
    #expect(second.effects.flips.isEmpty && second.effects.cells.isEmpty)
    #expect(second.effects.renames.isEmpty && second.effects.addedAttributes.isEmpty)
  }

  /// Rows about some who are there and some who are not, in any order.
  private static func file(
    about agency: ModelAgency, byName: Bool, using generator: inout SeededGenerator
  ) -> ModelFile {
    let optional = [
      "created", "plan", "max_minutes", "active", "seats", "general.assistants", "general.logs",
      "agent_types.outbound", "actions.mcp",
    ]
    let header = (byName ? ["name"] : ["id", "name"]) + generator.some(optional, limit: 6)
    var rows: [[String]] = []
    var known = agency.subaccounts.filter { _ in !generator.chance(oneIn: 4) }
    if !generator.chance(oneIn: 3) { known.shuffle(using: &generator) }
    for number in 0..<known.count + 5 {
      let subaccount = number < known.count ? known[number] : nil
      rows.append(
        header.map { name in
          cell(name, of: subaccount, number, using: &generator)
        })
    }
    if generator.chance(oneIn: 2) { rows.shuffle(using: &generator) }
    return ModelFile(header: header, rows: rows)
  }

  private static func cell(
    _ column: String, of subaccount: ModelAgency.Subaccount?, _ number: Int,
    using generator: inout SeededGenerator
  ) -> String {
    switch column {
    case "id": return subaccount?.id ?? "new\(number)"
    case "name": return subaccount?.name ?? "New \(number)"
    case _ where generator.chance(oneIn: 3): return ""
    case "created": return String(Int.random(in: 1...5, using: &generator) * 1_000)
    case "plan", "seats": return generator.pick(["pro", "Pro", "trial", "few"])
    case "max_minutes": return generator.pick(["0", "100", "unlimited"])
    default: return generator.pick(["true", "false"])
    }
  }
}
