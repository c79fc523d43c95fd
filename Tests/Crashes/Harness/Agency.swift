import Diagnostics
import Permissions
import Storage

/// What a store of the workload must hold: a model so small that it can't be wrong.
struct Agency: Hashable {
  static let permissions = [3, 5, 17]

  var changes = 0
  var rows = 0
  var holders = Array(repeating: Set<UInt32>(), count: Agency.permissions.count)

  /// What a store says that it holds.
  init(_ store: Store) {
    changes = store.lastChange
    rows = store.table.rowCount
    holders = Agency.permissions.map { number in
      Set(store.table.holders(of: PermissionNumber(number)).map(\.number))
    }
  }

  init() {}
}

/// One transaction of the workload.
struct Deed {
  /// New subaccounts; their names make the record longer than a sector where they are many.
  var created: Int
  /// For some permissions, one row in so many is flipped.
  var flips: [(permission: Int, oneIn: UInt32)]

  init(_ random: inout Seeded) {
    created = [0, 1, 2, 40].randomElement(using: &random) ?? 1
    flips = Agency.permissions.indices.compactMap { permission in
      Bool.random(using: &random)
        ? (permission, UInt32.random(in: 1...3, using: &random)) : nil
    }
    if created == 0 && flips.isEmpty { created = 1 }
  }

  func apply(to agency: inout Agency) {
    if created > 0 {
      agency.changes += 1
      agency.rows += created
    }
    for (permission, oneIn) in flips {
      agency.changes += 1
      agency.holders[permission].formSymmetricDifference(rows(agency.rows, oneIn))
    }
  }

  func append(to store: Store) {
    let first = store.table.rowCount
    if created > 0 {
      var effects = Effects()
      for number in first..<first + created {
        effects.created.ids.append(Text("1726005822670x\(100_000_000_000_000_000 + number)"))
        effects.created.names.append(Text("Subaccount \(number)"))
        effects.created.times.append(Int64(number))
      }
      store.append(effects, statement: "create", line: 1)
    }
    for (permission, oneIn) in flips {
      var effects = Effects()
      effects.flips = [
        PermissionFlips(
          permission: PermissionNumber(Agency.permissions[permission]),
          rows: RowSet(rows(store.table.rowCount, oneIn).map { Row($0) }))
      ]
      store.append(effects, statement: "grant", line: 2, reason: "ticket 4711")
    }
  }

  private func rows(_ count: Int, _ oneIn: UInt32) -> [UInt32] {
    Array(stride(from: 0, to: UInt32(count), by: Int(oneIn)))
  }
}
