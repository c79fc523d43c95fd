import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("Times relative to now")
struct WithinTests {
  /// Midnight of 2026-03-01.
  static let now: Int64 = 1_772_323_200_000

  static func store() throws -> Store {
    var agency = ModelAgency(permissions: ModelAgency.standardPermissions)
    for (number, minutesAgo) in [0, 30, 61, 25 * 60, 8 * 24 * 60, 40 * 24 * 60].enumerated() {
      let time = now - Int64(minutesAgo) * 60_000
      agency.subaccounts.append(
        ModelAgency.Subaccount(
          id: String(number), name: "n\(number)", created: time,
          permissions: ["general.assistants"], attributes: ["renewed": .time(time)]))
    }
    agency.subaccounts.append(
      ModelAgency.Subaccount(
        id: "never", name: "never", created: 0, permissions: ["general.assistants"]))
    return try agency.store(time: now - 3_600_000)
  }

  @Test(
    "'within' reaches back from now, and unset is not within",
    arguments: [
      ("renewed within 30 minutes", ["0", "1"]), ("renewed within 1 hours", ["0", "1"]),
      ("renewed within 2 hours", ["0", "1", "2"]), ("renewed within 2 days", ["0", "1", "2", "3"]),
      ("created within 2 weeks", ["0", "1", "2", "3", "4"]),
      ("not renewed within 2 weeks", ["5", "never"]),
      ("changed within 59 minutes", []),
      ("changed within 61 minutes", ["0", "1", "2", "3", "4", "5", "never"]),
      ("renewed >= yesterday", ["0", "1", "2"]), ("renewed < 40 days ago", []),
      ("renewed <= 40 days ago", ["5"]), ("renewed = now", ["0"]),
    ])
  func within(_ condition: String, _ ids: [String]) throws {
    let run = CollectedRun(
      "show subaccounts where \(condition) columns id", on: try WithinTests.store(),
      now: WithinTests.now)
    #expect(run.messages == [])
    #expect(run.tables.first?.texts(of: "id") == ids)
  }
}
