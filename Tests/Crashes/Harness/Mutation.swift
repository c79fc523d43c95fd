import Storage

/// A mistake that a store could have, made by the disk in its place; the harness must catch each.
package enum Mutation: String, CaseIterable, Sendable {
  /// A commit is said to be done and is not synced.
  case acknowledgeBeforeSync
  /// A file is renamed into place whose bytes are not synced.
  case renameWithoutFileSync
  /// A name is taken for durable and its directory is not synced.
  case renameWithoutDirectorySync
  /// A write that took only some of the bytes is taken for a whole one.
  case ignoreShortWrite
  /// A record whose payload does not fit its checksum is read.
  case skipPayloadChecksum
  /// Snapshots are removed before the new one is in its place.
  case removeOldSnapshotFirst
}

/// Makes payload checksums right, which is as if nobody looked at them.
package enum PayloadChecksums {
  private static let header = 128
  private static let magic = Array("PQLrecrd".utf8)

  package static func made(right bytes: [UInt8], alsoOfHeaders: Bool = false) -> [UInt8] {
    var bytes = bytes
    var offset = 0
    while offset + header <= bytes.count {
      let end = offset + header - 8
      if Array(bytes[offset..<offset + 8]) == magic,
        alsoOfHeaders || Checksum.of(bytes[offset..<end]) == number(bytes, end)
      {
        let start = offset + header
        let length = Int(truncatingIfNeeded: number(bytes, offset + 40))
        if length > 0, length <= bytes.count - start {
          put(Checksum.of(bytes[start..<start + length]), &bytes, offset + 48)
        }
        put(Checksum.of(bytes[offset..<end]), &bytes, end)
      }
      offset += SimulatedDisk.sector
    }
    return bytes
  }

  private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << (8 * UInt64($1)) }
  }

  private static func put(_ value: UInt64, _ bytes: inout [UInt8], _ offset: Int) {
    for index in 0..<8 {
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))
    }
  }
}

/// Makes the checksums of a snapshot right, whatever else it says.
package enum SnapshotChecksums {
  private static let header = 512

  package static func made(right bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    guard bytes.count >= header else { return bytes }
    let data = Int(clamping: number(bytes, 96))
    let entries = Int(clamping: number(bytes, 104))
    if data <= bytes.count - header, entries <= bytes.count / 24 {
      var place = header + data + entries * 24
      let tables = header + data
      let size = 64 << 10
      // Older snapshots count blocks from where the data begins, not from where the file does.
      let isOld = number(bytes, 16) & 2 == 0
      var start = header
      while start < header + data, place + 8 <= bytes.count {
        let end = min(isOld ? start + size : (start / size + 1) * size, header + data)
        let block = bytes[start..<end]
        put(isOld ? Checksum.of(block) : Checksum.ofBlock(block), &bytes, place)
        place += 8
        start = end
      }
      if place <= bytes.count { put(Checksum.of(bytes[tables..<place]), &bytes, 120) }
    }
    put(Checksum.of(bytes[..<(header - 8)]), &bytes, header - 8)
    return bytes
  }

  private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << (8 * UInt64($1)) }
  }

  private static func put(_ value: UInt64, _ bytes: inout [UInt8], _ offset: Int) {
    for index in 0..<8 {
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))
    }
  }
}
