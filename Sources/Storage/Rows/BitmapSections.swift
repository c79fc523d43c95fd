// A bitmap as a section, and how many of its bits are on in a header.

extension SectionWriter {
  mutating func write(_ bitmap: Bitmap, as name: SectionName, header: inout [UInt8]) {
    let bitmap = bitmap.counted
    header.write(varint: bitmap.count)
    bitmap.words.withSpan { write(name, $0) }
  }
}

extension ByteReader {
  /// How many bits of a bitmap are on.
  mutating func bitmapSize(limit: Int) throws(Damage) -> Int {
    try number(atMost: limit, "bitmap")
  }
}

extension SectionReader {
  /// Reads a bitmap whose bits are all below a limit.
  func bitmap(
    _ name: SectionName, header: inout ByteReader, limit: Int
  ) throws(Damage) -> Bitmap {
    let count = try header.bitmapSize(limit: limit)
    let words = try values(name, as: UInt64.self)
    guard words.count <= (limit + 63) / 64 else { throw Damage("bitmap") }
    return Bitmap(words, count: count, limit: limit)
  }
}
