import Permissions
package import Storage

/// Asks a store everything, and wants no answer but that there is one: for damaged stores.
package enum AllQuestions {
  package static func ask(_ store: Store) {
    let table = store.table
    let rows = 0..<UInt32(min(table.rowCount, 500))
    for row in rows.lazy.map({ Row($0) }) {
      _ = table.permissions(of: row)
      _ = table.isProtected(row) && table.isLive(row)
      _ = table.created(of: row)
      _ = table.inheritedFrom(row)
      _ = table.row(id: table.id(of: row))
      _ = table.rows(named: table.name(of: row)).count
      for number in table.attributes.indices {
        _ = table.value(of: AttributeNumber(number), in: row)
      }
    }
    for permission in table.catalog.all.prefix(200) {
      _ = table.holders(of: permission).count
      for row in rows.prefix(20) {
        _ = try? store.flips(of: permission, in: Row(row), upTo: store.lastChange)
      }
    }
    _ = try? store.lastPermissionChange()
    for number in 0...min(store.lastChange, 100) {
      _ = try? store.table(asOf: number).live.count
      _ = try? store.change(number)
      _ = try? store.heading(ofChange: number)
      _ = store.stamp(ofChange: number)
      _ = try? store.lastPermissionChange(asOf: number)
      _ = store.rows(createdBy: number).count
    }
  }
}
