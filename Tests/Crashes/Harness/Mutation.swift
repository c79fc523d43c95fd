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
}

/// Makes payload checksums right, which is as if nobody looked at them.
enum PayloadChecksums {
  private static let header = 128
  private static let magic = Array("PQLrecrd".utf8)

  static func made(right bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var offset = 0
    while offset + header <= bytes.count {
      if Array(bytes[offset..<offset + 8]) == magic,
        Checksum.of(bytes[offset..<offset + header - 8]) == number(bytes, offset + header - 8)
      {
        let start = offset + header
        let length = Int(truncatingIfNeeded: number(bytes, offset + 40))
        if length > 0, length <= bytes.count - start {
          put(Checksum.of(bytes[start..<start + length]), &bytes, offset + 48)
          put(Checksum.of(bytes[offset..<offset + header - 8]), &bytes, offset + header - 8)
        }
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
