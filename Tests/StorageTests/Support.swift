import Diagnostics
import Foundation
import Permissions

@testable import Storage

/// A directory of its own, removed when it goes out of use.
final class TemporaryDirectory {
  let path: String

  init() throws {
    let base = FileManager.default.temporaryDirectory.path
    path = "\(base)/storage-tests-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func callAsFunction(_ name: String) -> Text { Text("\(path)/\(name)") }
}

extension CommitContext {
  static func test(actor: Text = "ada", time: Int64 = 1_700_000_000_000) -> CommitContext {
    CommitContext(actor: actor, user: "tester", host: "here", script: "nightly.pql", time: time)
  }
}

extension Effects {
  /// New subaccounts, named by a prefix and a number.
  static func creating(_ count: Int, prefix: String = "Subaccount", from first: Int = 0) -> Effects
  {
    var effects = Effects()
    for number in first..<first + count {
      effects.created.ids.append(Text("1726005822670x\(100_000_000_000 + number)"))
      effects.created.names.append(Text("\(prefix) \(number)"))
      effects.created.times.append(1_700_000_000_000 + Int64(number))
    }
    return effects
  }

  static func flipping(_ permission: Int, _ rows: RowSet) -> Effects {
    var effects = Effects()
    effects.flips = [PermissionFlips(permission: PermissionNumber(permission), rows: rows)]
    return effects
  }
}

extension Table {
  /// All that can be asked of a table, as one text: tables that answer alike have the same.
  var fingerprint: String {
    var lines: [String] = []
    lines.append("rows \(rowCount) live \(live.map(\.number)) protected \(protected.map(\.number))")
    lines.append(
      "permissions \(catalog.permissions.map(\.canonicalName)) \(catalog.areas.map(\.name))")
    lines.append("attributes \(attributes.map(\.name)) \(attributes.map(\.type))")
    lines.append("definitions \(definitions)")
    for number in 0..<UInt32(rowCount) {
      let row = Row(number)
      let values = attributes.indices.map { value(of: AttributeNumber($0), in: row) }
      lines.append(
        "\(id(of: row)) \(name(of: row)) \(created(of: row)) \(permissions(of: row).map(\.value))"
          + " \(String(describing: inheritedFrom(row))) \(values)")
    }
    return lines.joined(separator: "\n")
  }
}
