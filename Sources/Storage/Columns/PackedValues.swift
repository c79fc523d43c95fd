import Diagnostics

/// What packed numbers mean.
struct Packing: Sendable {
  /// Whether numbers with a fraction were packed as whole ones.
  var isWhole = false
  /// What stands for infinity among whole ones; nil where nothing does.
  var infinity: UInt64?
}

/// Numbers of a file, which never change, in as few bytes each as they need.
///
/// The i-th is `first + i × step + what is stored`: so numbers that are near each other take one, two
/// or four bytes, and equal ones or ones that count up take none.
final class PackedValues: Sendable {
  enum Content: Sendable {
    case none
    case bytes(Stored<UInt8>)
    case shorts(Stored<UInt16>)
    case words(Stored<UInt32>)
    case longs(Stored<UInt64>)
  }

  let count: Int
  private let first: UInt64
  private let step: UInt64
  let content: Content
  let packing: Packing

  fileprivate init(
    count: Int, first: UInt64, step: UInt64, content: Content, packing: Packing
  ) throws(Damage) {
    let stored: Int =
      switch content {
      case .none: count
      case .bytes(let values): values.count
      case .shorts(let values): values.count
      case .words(let values): values.count
      case .longs(let values): values.count
      }
    guard stored == count else { throw Damage("packed numbers") }
    self.count = count
    self.first = first
    self.step = step
    self.content = content
    self.packing = packing
  }

  subscript(index: Int) -> UInt64 {
    let stored: UInt64 =
      switch content {
      case .none: 0
      case .bytes(let values): UInt64(values[index])
      case .shorts(let values): UInt64(values[index])
      case .words(let values): UInt64(values[index])
      case .longs(let values): values[index]
      }
    return first &+ step &* UInt64(index) &+ stored
  }

  /// Calls a body with each number of a range, in order.
  @inline(__always)
  func forEach(in range: Range<Int>, _ body: (UInt64) -> Void) {
    var start = first &+ step &* UInt64(range.lowerBound)
    @inline(__always)
    func lend<Number: FixedWidthInteger & Sendable>(_ values: Stored<Number>) {
      values.withSpan(of: range) { values in
        for index in values.indices {
          body(start &+ UInt64(truncatingIfNeeded: values[index]))
          start &+= step
        }
      }
    }
    switch content {
    case .none:
      for _ in range {
        body(start)
        start &+= step
      }
    case .bytes(let values): lend(values)
    case .shorts(let values): lend(values)
    case .words(let values): lend(values)
    case .longs(let values): lend(values)
    }
  }

  /// Says that the numbers make no sense, though their checksums are right.
  func condemn() {
    switch content {
    case .none: break
    case .bytes(let values): values.condemn()
    case .shorts(let values): values.condemn()
    case .words(let values): values.condemn()
    case .longs(let values): values.condemn()
    }
  }
}

// MARK: - In sections

extension PackedValues {
  /// Writes numbers as a section, and how they are packed into `header`.
  static func write(
    _ values: [UInt64], _ packing: Packing = Packing(), to output: inout some SectionWriter,
    as name: SectionName, header: inout [UInt8]
  ) {
    let flat = extent(of: values, step: 0)
    let rising = extent(of: values, step: 1)
    let step: UInt64 = width(rising.size) < width(flat.size) ? 1 : 0
    let (first, size) = step == 1 ? rising : flat
    writeHeader(
      count: values.count, width: width(size), first: first, step: step, packing, to: &header)
    func stored<Number: FixedWidthInteger>(_ type: Number.Type) -> [Number] {
      var stored: [Number] = []
      stored.reserveCapacity(values.count)
      for (index, value) in values.enumerated() {
        stored.append(Number(truncatingIfNeeded: value &- first &- step &* UInt64(index)))
      }
      return stored
    }
    switch width(size) {
    case 0: break
    case 1: output.write(name, stored(UInt8.self).span)
    case 2: output.write(name, stored(UInt16.self).span)
    case 4: output.write(name, stored(UInt32.self).span)
    default: output.write(name, stored(UInt64.self).span)
    }
  }

  /// Writes the numbers as they are, as a section of another file.
  func write(to output: inout some SectionWriter, as name: SectionName, header: inout [UInt8]) {
    let width: Int
    switch content {
    case .none: width = 0
    case .bytes(let values):
      width = 1
      values.withSpan { output.write(name, $0) }
    case .shorts(let values):
      width = 2
      values.withSpan { output.write(name, $0) }
    case .words(let values):
      width = 4
      values.withSpan { output.write(name, $0) }
    case .longs(let values):
      width = 8
      values.withSpan { output.write(name, $0) }
    }
    PackedValues.writeHeader(
      count: count, width: width, first: first, step: step, packing, to: &header)
  }

  private static func writeHeader(
    count: Int, width: Int, first: UInt64, step: UInt64, _ packing: Packing,
    to header: inout [UInt8]
  ) {
    header.write(varint: count)
    header.append(
      UInt8(width) | UInt8(truncatingIfNeeded: step) << 4 | (packing.isWhole ? 1 << 5 : 0)
        | (packing.infinity == nil ? 0 : 1 << 6))
    header.write64(first)
    if let infinity = packing.infinity { header.write64(infinity) }
  }

  /// The least of the numbers, as signed ones, after their steps are taken off, and how far the
  /// greatest is from it.
  private static func extent(of values: [UInt64], step: UInt64) -> (first: UInt64, size: UInt64) {
    var least = Int64.max
    var greatest = Int64.min
    for (index, value) in values.enumerated() {
      let rest = Int64(bitPattern: value &- step &* UInt64(index))
      least = min(least, rest)
      greatest = max(greatest, rest)
    }
    guard least <= greatest else { return (0, 0) }
    return (UInt64(bitPattern: least), UInt64(bitPattern: greatest &- least))
  }

  private static func width(_ size: UInt64) -> Int {
    switch size {
    case 0: 0
    case ...0xFF: 1
    case ...0xFFFF: 2
    case ...0xFFFF_FFFF: 4
    default: 8
    }
  }

  convenience init(
    from input: some SectionReader, as name: SectionName, header: inout ByteReader, limit: Int
  ) throws(Damage) {
    let count = try header.number(atMost: limit, "packed numbers")
    let form = try header.byte("packed numbers")
    let first = try header.read64("packed numbers")
    let infinity = form >> 6 & 1 == 1 ? try header.read64("packed numbers") : nil
    let content: Content =
      switch form & 0xF {
      case 0: .none
      case 1: .bytes(try input.values(name, as: UInt8.self))
      case 2: .shorts(try input.values(name, as: UInt16.self))
      case 4: .words(try input.values(name, as: UInt32.self))
      case 8: .longs(try input.values(name, as: UInt64.self))
      default: throw Damage("packed numbers")
      }
    guard form >> 7 == 0 else { throw Damage("packed numbers") }
    try self.init(
      count: count, first: first, step: UInt64(form >> 4 & 1), content: content,
      packing: Packing(isWhole: form >> 5 & 1 == 1, infinity: infinity))
  }
}
