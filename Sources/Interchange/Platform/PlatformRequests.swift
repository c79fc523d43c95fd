import Diagnostics
import Evaluation
import Permissions
import Storage

/// The shortest sequence of Subaccounts API calls that brings the platform from one moment to another.
///
/// Deletions come first, since they free names; then updates, those that give a name after those
/// that take it away; creations last and in order, so that whom the platform lets a later
/// subaccount inherit from is who the store says. What is worked out here is which calls there are:
/// what each says is worked out as it is written.
struct PlatformRequests {
  /// A change of one subaccount that is there before and after.
  struct Update {
    let row: Row
    /// Takes only the name away, for another subaccount that is to have it.
    let isStepAside: Bool
  }

  let changes: PlatformChanges
  let fields: PlatformFields
  private let updates: [Update]
  private let noted: [Row]
  private(set) var counts = CallCounts()

  init(_ changes: PlatformChanges) {
    self.changes = changes
    let fields = PlatformFields(changes)
    self.fields = fields
    var renamed: [Row] = []
    var others: [Update] = []
    for row in changes.kept {
      if fields.isRenamed(row) {
        renamed.append(row)
      } else if fields.isUpdated(row) {
        others.append(Update(row: row, isStepAside: false))
      }
    }
    updates = RenameOrder.updates(of: renamed, in: changes) + others
    noted = changes.kept.union(changes.created).filter { fields.isNoted($0) }
    counts.deletions = changes.deleted.count
    counts.updates = updates.count
    counts.creations = changes.created.count
    counts.notes = noted.count
  }

  /// Writes one call a line, and then one note a line.
  func write(to output: inout FileOutput) throws(FileFailure) {
    for row in changes.deleted {
      begin("DELETE", changes.before.platformID(of: row), in: &output.bytes)
      try end(&output)
    }
    for update in updates {
      begin("PUT", changes.after.platformID(of: update.row), in: &output.bytes)
      output.bytes.append(contentsOf: ",\"body\":".utf8)
      if update.isStepAside {
        fields.appendStepAside(update.row, to: &output.bytes)
      } else {
        fields.appendUpdate(update.row, to: &output.bytes)
      }
      try end(&output)
    }
    for row in changes.created {
      begin("POST", nil, in: &output.bytes)
      output.bytes.append(contentsOf: ",\"body\":".utf8)
      fields.appendCreation(row, to: &output.bytes)
      output.bytes.append(contentsOf: ",\"id\":".utf8)
      changes.after.withID(of: row) { JSONWriter.append($0, to: &output.bytes) }
      try end(&output)
    }
    for row in noted {
      fields.appendNote(row, to: &output.bytes)
      try end(&output)
    }
    try output.flush()
  }

  private func begin(_ method: String, _ id: Text?, in bytes: inout [UInt8]) {
    bytes.append(contentsOf: "{\"method\":\"\(method)\",\"path\":\"/v2/subaccounts".utf8)
    if let id {
      bytes.append(0x2F)
      PlatformRequests.append(pathSegment: id, to: &bytes)
    }
    bytes.append(0x22)
  }

  private func end(_ output: inout FileOutput) throws(FileFailure) {
    output.bytes.append(contentsOf: [0x7D, 0x0A])
    try output.flushIfFull()
  }

  /// Appends a piece of a path: what is not a letter, a digit or one of `-._~` as `%XX`.
  private static func append(pathSegment id: Text, to bytes: inout [UInt8]) {
    for byte in id.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
      default:
        bytes.append(0x25)
        for digit in [byte >> 4, byte & 0xF] {
          bytes.append(digit < 10 ? 0x30 + digit : 0x41 + digit - 10)
        }
      }
    }
  }
}
