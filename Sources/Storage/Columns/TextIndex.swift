/// Texts that an index can be made over.
protocol IndexedTexts {
  var count: Int { get }
  func withBytes<Result>(of index: Int, _ body: (Span<UInt8>) -> Result) -> Result
}

extension TextColumn: IndexedTexts {}

/// The texts of a column that are in no file, and so have no order there.
struct AppendedTexts: IndexedTexts {
  let column: TextColumn

  var count: Int { column.count - column.baseCount }

  func withBytes<Result>(of index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    column.withBytes(of: column.baseCount + index, body)
  }
}

/// The texts of a column that are in a file.
struct BaseTexts: IndexedTexts {
  let base: TextBase
  let count: Int

  func withBytes<Result>(of index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    base.withBytes(of: index, body)
  }
}

/// A hash index from a text to the places that have it.
///
/// Open addressing over hashes and places alone: the texts stay in their column. Places with the
/// same text are chained, so a million equal names cost no more than a million different ones. The
/// seed is random, so nobody can prepare names that collide.
struct TextIndex: Sendable {
  /// Hash in the upper half, place + 1 in the lower; 0 is free.
  ///
  /// The length is a power of two.
  private var slots: [UInt64]
  /// For each place, the next one with the same text, + 1; 0 ends the chain.
  private var following: [UInt32] = []
  private var used = 0
  private let seed: UInt64

  init() {
    slots = Array(repeating: 0, count: 16)
    seed = UInt64.random(in: .min ... .max)
  }

  init(over texts: some IndexedTexts) {
    self.init()
    resize(toHold: texts.count)
    following = [UInt32](repeating: 0, count: texts.count)
    var start = 0
    while start < texts.count {
      let end = Swift.min(start + TextIndex.batchSize, texts.count)
      fill(start..<end, of: texts)
      start = end
    }
  }

  /// So many places are put in the order of their slots before they are inserted: a table that is
  /// larger than the processor's cache is then filled part by part, in a third of the time.
  private static let batchSize = 1 << 18
  /// Neighbouring slots that are a part: 64 KiB.
  private static let slotsPerPart = 1 << 13

  private mutating func fill(_ places: Range<Int>, of texts: some IndexedTexts) {
    let mask = slots.count - 1
    var ends = [Int](repeating: 0, count: slots.count / TextIndex.slotsPerPart + 2)
    var entries: [UInt64] = []
    entries.reserveCapacity(places.count)
    for place in places {
      let hash = texts.withBytes(of: place) { self.hash($0) }
      entries.append(UInt64(hash) << 32 | UInt64(place + 1))
      ends[(Int(hash) & mask) / TextIndex.slotsPerPart + 1] += 1
    }
    for part in ends.indices.dropFirst() { ends[part] += ends[part - 1] }
    var sorted = [UInt64](repeating: 0, count: entries.count)
    for entry in entries {
      let part = (Int(entry >> 32) & mask) / TextIndex.slotsPerPart
      sorted[ends[part]] = entry
      ends[part] += 1
    }
    for entry in sorted { fill(entry, of: texts) }
  }

  private mutating func fill(_ entry: UInt64, of texts: some IndexedTexts) {
    let place = Int(UInt32(truncatingIfNeeded: entry)) - 1
    let hash = UInt32(truncatingIfNeeded: entry >> 32)
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      if slots[slot] >> 32 == entry >> 32 {
        let other = Int(UInt32(truncatingIfNeeded: slots[slot])) - 1
        let isEqual = texts.withBytes(of: place) { bytes in
          texts.withBytes(of: other) { $0.isEqual(to: bytes) }
        }
        if isEqual { break }
      }
      slot = (slot + 1) & mask
    }
    following[place] = UInt32(truncatingIfNeeded: slots[slot])
    if slots[slot] == 0 { used += 1 }
    slots[slot] = entry
  }

  /// Adds places whose texts are already in the column.
  mutating func insert(_ places: Range<Int>, of texts: some IndexedTexts) {
    resize(toHold: used + places.count)
    for place in places { insert(place, of: texts) }
  }

  mutating func insert(_ place: Int, of texts: some IndexedTexts) {
    if (used + 1) * 2 > slots.count { resize(toHold: used * 2) }
    while following.count <= place { following.append(0) }
    let hash = texts.withBytes(of: place) { self.hash($0) }
    let slot = texts.withBytes(of: place) { self.slot(of: $0, hash: hash, in: texts) }
    if slots[slot] == 0 {
      following[place] = 0
      used += 1
    } else {
      following[place] = UInt32(truncatingIfNeeded: slots[slot])
    }
    slots[slot] = UInt64(hash) << 32 | UInt64(place + 1)
  }

  /// Takes a place out, while its text is still in the column.
  mutating func remove(_ place: Int, of texts: some IndexedTexts) {
    let hash = texts.withBytes(of: place) { self.hash($0) }
    let slot = texts.withBytes(of: place) { self.slot(of: $0, hash: hash, in: texts) }
    let head = UInt32(truncatingIfNeeded: slots[slot])
    if head == UInt32(place + 1) {
      let next = following[place]
      if next == 0 {
        free(slot)
      } else {
        slots[slot] = UInt64(hash) << 32 | UInt64(next)
      }
    } else {
      var current = head
      while current != 0 && following[Int(current) - 1] != UInt32(place + 1) {
        current = following[Int(current) - 1]
      }
      if current != 0 { following[Int(current) - 1] = following[place] }
    }
    following[place] = 0
  }

  /// The newest place with this text.
  func first(_ bytes: Span<UInt8>, in texts: some IndexedTexts) -> Int? {
    let slot = slot(of: bytes, hash: hash(bytes), in: texts)
    return slots[slot] == 0 ? nil : Int(UInt32(truncatingIfNeeded: slots[slot])) - 1
  }

  /// Calls a body with each place that has this text, the newest first.
  func forEachPlace(
    of bytes: Span<UInt8>, in texts: some IndexedTexts, _ body: (Int) -> Void
  ) {
    var next = first(bytes, in: texts)
    while let place = next {
      body(place)
      next = self.next(after: place)
    }
  }

  /// The next place with the same text.
  func next(after place: Int) -> Int? {
    following[place] == 0 ? nil : Int(following[place]) - 1
  }

  private func hash(_ bytes: Span<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: XXH64.hash(bytes, seed: seed) >> 32)
  }

  /// The slot that holds the text, or the free one where it belongs.
  private func slot(
    of bytes: Span<UInt8>, hash: UInt32, in texts: some IndexedTexts
  ) -> Int {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      if UInt32(truncatingIfNeeded: slots[slot] >> 32) == hash {
        let place = Int(UInt32(truncatingIfNeeded: slots[slot])) - 1
        if texts.withBytes(of: place, { $0.isEqual(to: bytes) }) { return slot }
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  /// Frees a slot and moves back those behind it that would no longer be found.
  private mutating func free(_ freed: Int) {
    let mask = slots.count - 1
    var hole = freed
    var slot = freed
    while true {
      slot = (slot + 1) & mask
      if slots[slot] == 0 { break }
      let home = Int(slots[slot] >> 32) & mask
      if (slot &- home) & mask >= (slot &- hole) & mask {
        slots[hole] = slots[slot]
        hole = slot
      }
    }
    slots[hole] = 0
    used -= 1
  }

  private mutating func resize(toHold count: Int) {
    var size = slots.count
    while size < count * 2 { size *= 2 }
    guard size > slots.count else { return }
    var larger = [UInt64](repeating: 0, count: size)
    for entry in slots where entry != 0 {
      var slot = Int(entry >> 32) & (size - 1)
      while larger[slot] != 0 { slot = (slot + 1) & (size - 1) }
      larger[slot] = entry
    }
    slots = larger
  }
}

extension Span where Element == UInt8 {
  package func isEqual(to other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }
}
