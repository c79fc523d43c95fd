/// The checksum in the store's files: for tests that make files which are damaged and look right.
package enum Checksum {
  package static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    XXH64.hash(Array(bytes).span)
  }

  /// The checksum of a snapshot's block.
  package static func ofBlock(_ bytes: some Sequence<UInt8>) -> UInt64 {
    LaneSum.hash(Array(bytes).span)
  }
}
