import Diagnostics

/// What packed numbers mean.
struct Packing: Sendable {
  /// Whether numbers with a fraction were packed as whole ones.
  var isWhole = false
  /// What stands for infinity among whole ones; nil where nothing does.
  var infinity: UInt64?
}

/// Numbers of a file, which never change, in as few bits each as they need.
///
/// The i-th is `first + i × step + what is stored`: so numbers that are near each other, or near a
/// straight line, take few bits, and equal ones or ones that count up take none. Up to 16 bits are
/// stored as whole bytes, which are compared fastest.
final class PackedValues: Sendable {
  enum Content: Sendable {
    case none
    case bytes(Stored<UInt8>)
    case shorts(Stored<UInt16>)
    case words(Stored<UInt32>)
    case longs(Stored<UInt64>)
    case bits(PackedBits)
  }

  let count: Int
  let first: UInt64
  let step: UInt64
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
      case .bits(let values): values.bytes.count == values.size(of: count) ? count : -1
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
      case .bits(let values): values[index]
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
    case .bits(let values):
      values.forEach(in: range) { value in
        body(start &+ value)
        start &+= step
      }
    }
  }

  /// Reads everything, so that it is verified.
  func verify() {
    switch content {
    case .none: break
    case .bytes(let values): values.withSpan { _ in }
    case .shorts(let values): values.withSpan { _ in }
    case .words(let values): values.withSpan { _ in }
    case .longs(let values): values.withSpan { _ in }
    case .bits(let values): values.bytes.withSpan { _ in }
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
    case .bits(let values): values.bytes.condemn()
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
    var (step, first, form) = (UInt64(0), UInt64(0), Form.longs)
    var least: Int?
    for candidate in [0, 1, slope(of: values)] {
      let extent = extent(of: values, step: candidate)
      let wanted = Form(holding: extent.size)
      guard least.map({ wanted.width < $0 }) ?? true else { continue }
      (step, first, form, least) = (candidate, extent.first, wanted, wanted.width)
    }
    writeHeader(count: values.count, form, first: first, step: step, packing, to: &header)
    func stored<Number: FixedWidthInteger>(_ type: Number.Type) -> [Number] {
      var stored: [Number] = []
      stored.reserveCapacity(values.count)
      var start = first
      for value in values {
        stored.append(Number(truncatingIfNeeded: value &- start))
        start &+= step
      }
      return stored
    }
    switch form {
    case .none: break
    case .bytes: output.write(name, stored(UInt8.self).span)
    case .shorts: output.write(name, stored(UInt16.self).span)
    case .words: output.write(name, stored(UInt32.self).span)
    case .longs: output.write(name, stored(UInt64.self).span)
    case .bits(let width):
      output.write(name, PackedBits.bytes(of: stored(UInt64.self), width: width).span)
    }
  }

  /// Writes the numbers as they are, as a section of another file.
  func write(to output: inout some SectionWriter, as name: SectionName, header: inout [UInt8]) {
    let form: Form
    switch content {
    case .none: form = .none
    case .bytes(let values):
      form = .bytes
      values.withSpan { output.write(name, $0) }
    case .shorts(let values):
      form = .shorts
      values.withSpan { output.write(name, $0) }
    case .words(let values):
      form = .words
      values.withSpan { output.write(name, $0) }
    case .longs(let values):
      form = .longs
      values.withSpan { output.write(name, $0) }
    case .bits(let values):
      form = .bits(values.width)
      values.bytes.withSpan { output.write(name, $0) }
    }
    PackedValues.writeHeader(count: count, form, first: first, step: step, packing, to: &header)
  }

  private static func writeHeader(
    count: Int, _ form: Form, first: UInt64, step: UInt64, _ packing: Packing,
    to header: inout [UInt8]
  ) {
    header.write(varint: count)
    header.append(
      form.code | (step == 1 ? 1 << 4 : 0) | (packing.isWhole ? 1 << 5 : 0)
        | (packing.infinity == nil ? 0 : 1 << 6) | (step > 1 ? 1 << 7 : 0))
    if case .bits(let width) = form { header.append(UInt8(width)) }
    header.write64(first)
    if step > 1 { header.write64(step) }
    if let infinity = packing.infinity { header.write64(infinity) }
  }

  /// The least of the numbers, as signed ones, after their steps are taken off, and how far the
  /// greatest is from it.
  private static func extent(of values: [UInt64], step: UInt64) -> (first: UInt64, size: UInt64) {
    var least = Int64.max
    var greatest = Int64.min
    var start: UInt64 = 0
    for value in values {
      let rest = Int64(bitPattern: value &- start)
      least = min(least, rest)
      greatest = max(greatest, rest)
      start &+= step
    }
    guard least <= greatest else { return (0, 0) }
    return (UInt64(bitPattern: least), UInt64(bitPattern: greatest &- least))
  }

  /// By how much the numbers rise from each to the next, on average.
  private static func slope(of values: [UInt64]) -> UInt64 {
    guard let first = values.first, let last = values.last, values.count > 1 else { return 0 }
    return UInt64(bitPattern: Int64(bitPattern: last &- first) / Int64(values.count - 1))
  }

  convenience init(
    from input: some SectionReader, as name: SectionName, header: inout ByteReader, limit: Int
  ) throws(Damage) {
    let count = try header.number(atMost: limit, "packed numbers")
    let form = try header.byte("packed numbers")
    let width = form & 0xF == 3 ? Int(try header.byte("packed numbers")) : 0
    let first = try header.read64("packed numbers")
    let step = form >> 7 == 1 ? try header.read64("packed numbers") : UInt64(form >> 4 & 1)
    let infinity = form >> 6 & 1 == 1 ? try header.read64("packed numbers") : nil
    let content: Content =
      switch form & 0xF {
      case 0: .none
      case 1: .bytes(try input.values(name, as: UInt8.self))
      case 2: .shorts(try input.values(name, as: UInt16.self))
      case 3: .bits(try PackedBits(try input.values(name, as: UInt8.self), width: width))
      case 4: .words(try input.values(name, as: UInt32.self))
      case 8: .longs(try input.values(name, as: UInt64.self))
      default: throw Damage("packed numbers")
      }
    try self.init(
      count: count, first: first, step: step, content: content,
      packing: Packing(isWhole: form >> 5 & 1 == 1, infinity: infinity))
  }

  /// How numbers are stored.
  private enum Form {
    case none
    case bytes
    case shorts
    case words
    case longs
    case bits(Int)

    /// The smallest for numbers up to a greatest one.
    init(holding greatest: UInt64) {
      switch UInt64.bitWidth - greatest.leadingZeroBitCount {
      case 0: self = .none
      case ...8: self = .bytes
      case ...16: self = .shorts
      case 31, 32: self = .words
      case let width: self = PackedBits.width(atLeast: width).map { .bits($0) } ?? .longs
      }
    }

    /// Bits that each number takes.
    var width: Int {
      switch self {
      case .none: 0
      case .bytes: 8
      case .shorts: 16
      case .words: 32
      case .longs: 64
      case .bits(let width): width
      }
    }

    var code: UInt8 {
      switch self {
      case .none: 0
      case .bytes: 1
      case .shorts: 2
      case .bits: 3
      case .words: 4
      case .longs: 8
      }
    }
  }
}
