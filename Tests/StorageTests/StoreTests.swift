import Diagnostics
import Foundation
import Permissions
import Testing

@testable import Storage

@Suite("Store")
struct StoreTests {
  @Test("an absent store opens empty and is created by its first commit")
  func creation() throws {
    let directory = try TemporaryDirectory()
    let path = directory("agency.permdb")
    let store = try Store.open(path)
    #expect(!store.exists)
    try store.begin(.test())
    store.append(.creating(3), statement: "create subaccount \"A\"", line: 1)
    #expect(!FileManager.default.fileExists(atPath: path.string))
    try store.commit()
    #expect(store.exists)
    #expect(store.lastChange == 1)
    let again = try Store.open(path)
    #expect(again.table.fingerprint == store.table.fingerprint)
    #expect(again.lastChange == 1)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["agency.permdb"])
  }

  @Test("a change is read back with all that was said about it")
  func history() throws {
    let directory = try TemporaryDirectory()
    for store in [Store.inMemory(), try Store.open(directory("agency.permdb"))] {
      try store.begin(.test())
      store.append(.creating(40), statement: "import \"a.csv\"", line: 1)
      for number in 0..<40 {
        store.append(
          .flipping(3, RowSet(Row(UInt32(number)))),
          statement: Text("grant workflows to \"Subaccount \(number)\""), line: number + 2,
          reason: number > 20 ? "ticket \(number / 10)" : nil)
      }
      let pending = try store.change(35)
      try store.commit()
      try store.begin(.test(actor: "bo", time: 5))
      store.append(.flipping(4, RowSet(0..<20)), statement: "grant contacts to all", line: 1)
      try store.commit()
      let change = try store.change(35)
      #expect(change.statement == pending.statement)
      #expect(change.statement == "grant workflows to \"Subaccount 33\"")
      #expect(change.line == 35)
      #expect(change.reason == "ticket 3")
      #expect(change.actor == "ada")
      #expect(change.script == "nightly.pql")
      #expect(change.effects.flips.map(\.rows) == [RowSet(Row(33))])
      #expect(try store.change(42).time == 1_700_000_000_000)
      #expect(store.stamp(ofChange: 42)?.actor == "bo")
      #expect(throws: StoreProblem.noSuchChange(43, last: 42)) { try store.change(43) }
      let last = try store.lastPermissionChange()
      #expect(last[0] == 42)
      #expect(last[25] == 27)
      #expect(try store.rows(whereChangedBy: .equals("bo")) == RowSet(0..<20))
      #expect(
        try store.rows(whereChanged: .compare(.greater, 1_700_000_000_000)).isEmpty)
    }
  }
}
