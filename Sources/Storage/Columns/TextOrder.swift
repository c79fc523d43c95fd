import Diagnostics

/// The places of a file's texts in the order of their bytes, and of the places where those are equal.
///
/// What is searched for is first looked for among the fences, the beginnings of every 64th text, which
/// lie together: so a look-up reads few blocks of a file.
struct TextOrder: Sendable {
  static let fenceDistance = 64

  /// The place of each rank.
  let places: PackedValues
  /// The first sixteen bytes of the text of every 64th rank, as two numbers that order as they do.
  let fences: Stored<UInt64>
  /// The ranks whose text is that of the rank before.
  let ties: Bitmap

  init(places: PackedValues, fences: Stored<UInt64>, ties: Bitmap) throws(Damage) {
    let count = (places.count + TextOrder.fenceDistance - 1) / TextOrder.fenceDistance
    guard fences.count == count * 2 else { throw Damage("fences") }
    self.places = places
    self.fences = fences
    self.ties = ties
  }

  /// Sixteen bytes of a text as numbers that order as the bytes do.
  struct Fence {
    var upper: UInt64 = 0
    var lower: UInt64 = 0

    /// What is missing of a text counts as bytes of this value.
    init(_ bytes: Span<UInt8>, filledWith filler: UInt8 = 0) {
      upper = bytes.bigEndian64(at: 0, filledWith: filler)
      lower = bytes.bigEndian64(at: 8, filledWith: filler)
    }

    fileprivate init(_ fences: Stored<UInt64>, _ index: Int) {
      upper = fences[index * 2]
      lower = fences[index * 2 + 1]
    }

    fileprivate static func < (left: Fence, right: Fence) -> Bool {
      left.upper != right.upper ? left.upper < right.upper : left.lower < right.lower
    }
  }

  /// The ranks among which a text must be that is not before `least` and not after `greatest`.
  func ranks(from least: Fence, through greatest: Fence) -> Range<Int> {
    let count = fences.count / 2
    let before = partition(0..<count) { Fence(fences, $0) < least }
    let after = partition(before..<count) { !(greatest < Fence(fences, $0)) }
    let start = Swift.max(0, (before - 1) * TextOrder.fenceDistance)
    return start..<Swift.max(start, Swift.min(after * TextOrder.fenceDistance, places.count))
  }
}

/// The first index of a range that is not before what is searched for, or the range's end.
func partition(_ range: Range<Int>, _ isBefore: (Int) -> Bool) -> Int {
  var low = range.lowerBound
  var high = range.upperBound
  while low < high {
    let middle = (low + high) >> 1
    if isBefore(middle) { low = middle + 1 } else { high = middle }
  }
  return low
}

extension Span where Element == UInt8 {
  /// Up to eight bytes from an offset on as a number that orders as they do.
  func bigEndian64(at offset: Int, filledWith filler: UInt8 = 0) -> UInt64 {
    if offset + 8 <= count { return littleEndian64(at: offset).byteSwapped }
    var number: UInt64 = 0
    for index in offset..<offset + 8 {
      number = number << 8 | UInt64(index < count ? self[index] : filler)
    }
    return number
  }
}

// MARK: - Searching texts by their order

extension TextBase {
  /// The place of a rank, which is one of the texts whatever the file says.
  func place(ofRank rank: Int, in order: TextOrder) -> Int {
    let place = order.places[rank]
    if place < UInt64(count) { return Int(place) }
    order.places.condemn()
    return 0
  }

  /// The ranks of the texts that are exactly these bytes.
  func ranks(of bytes: Span<UInt8>, in order: TextOrder) -> Range<Int> {
    let fence = TextOrder.Fence(bytes)
    let near = order.ranks(from: fence, through: fence)
    let start = partition(near) { rank in
      withBytes(of: place(ofRank: rank, in: order)) { $0.order(to: bytes) < 0 }
    }
    // Most texts are there once, so the end is mostly the next rank or this one.
    var step = 1
    var end = start
    while end < near.upperBound, isText(of: end, bytes, in: order) {
      end = start + step
      step *= 2
    }
    guard end > start else { return start..<start }
    end = partition(start..<Swift.min(end, near.upperBound)) { isText(of: $0, bytes, in: order) }
    return start..<end
  }

  private func isText(of rank: Int, _ bytes: Span<UInt8>, in order: TextOrder) -> Bool {
    withBytes(of: place(ofRank: rank, in: order)) { $0.isEqual(to: bytes) }
  }

  /// Those of some neighbouring ranks whose texts begin with these bytes.
  func ranks(beginningWith prefix: Span<UInt8>, in order: TextOrder, among all: Range<Int>)
    -> Range<Int>
  {
    let near = order.ranks(
      from: TextOrder.Fence(prefix), through: TextOrder.Fence(prefix, filledWith: 0xFF)
    ).clamped(to: all)
    // What the fences say of so few bytes is right but for their own distance. So only texts near both
    // ends are read: each of them lies in another block of the file.
    let isExact = prefix.count <= 16 && prefix.count > 0 && prefix[prefix.count - 1] != 0
    let reach = isExact ? TextOrder.fenceDistance : near.count
    let start = partition(near.prefix(reach)) { rank in
      withBytes(of: place(ofRank: rank, in: order)) { $0.order(to: prefix) < 0 }
    }
    let last = Swift.max(start, near.upperBound - reach)..<near.upperBound
    let end = partition(last) { rank in
      withBytes(of: place(ofRank: rank, in: order)) { $0.starts(with: prefix, at: 0) }
    }
    return start..<end
  }
}
