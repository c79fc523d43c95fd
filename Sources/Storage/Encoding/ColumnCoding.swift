extension TextColumn {
  /// How many there are, how long each is, and then all their bytes.
  func write(to output: inout some ByteOutput) {
    output.write(varint: count)
    for index in indices { output.write(varint: withBytes(of: index) { $0.count }) }
    appendAllBytes(to: &output)
  }

  init(from input: inout ByteReader, _ part: String) throws(Damage) {
    let count = try input.count(part)
    var ends: [Int] = []
    ends.reserveCapacity(count)
    var end = 0
    for _ in 0..<count {
      // The heap follows, so no text is longer than what is left.
      end += try input.number(atMost: input.remaining, part)
      ends.append(end)
    }
    let range = try input.take(end, part)
    let heap = Array(input.bytes[range])
    guard TextColumn.isValid(heap.span, ends: ends.span) else { throw Damage(part) }
    self.init(heap: heap, ends: ends)
  }

  /// Whether the heap is valid UTF-8, and none of its scalars lies across an end.
  private static func isValid(_ heap: Span<UInt8>, ends: Span<Int>) -> Bool {
    do {
      let text = try UTF8Span(validating: heap)
      if text.isKnownASCII { return true }
    } catch {
      return false
    }
    for index in ends.indices where ends[index] < heap.count {
      if heap[ends[index]] & 0xC0 == 0x80 { return false }
    }
    return true
  }
}

/// Which places of a column have a value.
private enum PresenceTag: UInt8 {
  case none = 0
  case all = 1
  case some = 2
}

/// How a column's numbers are written.
private enum NumberTag: UInt8 {
  case raw = 0
  /// All are whole and small enough to be the same again.
  case integers = 1
}

extension ValueColumn {
  func write(to output: inout some ByteOutput) {
    output.append(type.rawValue)
    guard setCount > 0 else {
      output.append(PresenceTag.none.rawValue)
      return
    }
    if setCount == count {
      output.append(PresenceTag.all.rawValue)
    } else {
      output.append(PresenceTag.some.rawValue)
      RowSet(present).write(to: &output)
    }
    switch type {
    case .text: writeTexts(to: &output)
    case .number, .quota: writeNumbers(to: &output)
    case .time:
      var previous: Int64 = 0
      for place in RowSet(present) {
        output.write(zigzag: times[place.index] &- previous)
        previous = times[place.index]
      }
    case .boolean:
      var byte: UInt8 = 0
      for (index, place) in RowSet(present).enumerated() {
        if booleans.contains(place.index) { byte |= 1 << UInt8(index & 7) }
        if index & 7 == 7 || index == setCount - 1 {
          output.append(byte)
          byte = 0
        }
      }
    }
  }

  private func writeTexts(to output: inout some ByteOutput) {
    dictionary.write(to: &output)
    let width = ValueColumn.codeWidth(dictionary.count)
    guard width > 0 else { return }
    for place in RowSet(present) {
      let code = UInt32(code(at: place.index))
      for byte in 0..<width { output.append(UInt8(truncatingIfNeeded: code >> UInt32(byte * 8))) }
    }
  }

  private func writeNumbers(to output: inout some ByteOutput) {
    let places = RowSet(present)
    if places.allSatisfy({ ValueColumn.isSmallInteger(numbers[$0.index]) }) {
      output.append(NumberTag.integers.rawValue)
      for place in places { output.write(zigzag: Int64(numbers[place.index])) }
    } else {
      output.append(NumberTag.raw.rawValue)
      for place in places { output.write64(numbers[place.index].bitPattern) }
    }
  }

  private static func isSmallInteger(_ number: Double) -> Bool {
    guard let integer = Int64(exactly: number) else { return false }
    return abs(integer) < 1 << 48 && Double(integer).bitPattern == number.bitPattern
  }

  /// How many bytes a code of a dictionary takes.
  private static func codeWidth(_ count: Int) -> Int {
    switch count {
    case ...1: 0
    case ...0x100: 1
    case ...0x1_0000: 2
    default: 4
    }
  }

  /// Reads a column of `count` values, a number that is known from elsewhere and bounded.
  init(from input: inout ByteReader, count: Int) throws(Damage) {
    guard let type = AttributeType(rawValue: try input.byte("column")),
      let presence = PresenceTag(rawValue: try input.byte("column"))
    else { throw Damage("column") }
    let places: RowSet
    switch presence {
    case .none: places = RowSet()
    case .all: places = RowSet(0..<UInt32(count))
    case .some: places = try RowSet(from: &input, limit: count)
    }
    var parts = ValueColumn.Parts()
    if !places.isEmpty {
      switch type {
      case .text: try ValueColumn.readTexts(&input, places, &parts)
      case .number, .quota: try ValueColumn.readNumbers(&input, places, &parts)
      case .time: try ValueColumn.readTimes(&input, places, &parts)
      case .boolean: try ValueColumn.readBooleans(&input, places, &parts)
      }
    }
    self.init(type: type, count: count, present: places.bitmap, parts)
  }

  private static func readTexts(
    _ input: inout ByteReader, _ places: RowSet, _ parts: inout Parts
  ) throws(Damage) {
    parts.dictionary = try TextColumn(from: &input, "dictionary")
    let known = parts.dictionary.count
    let width = codeWidth(known)
    guard known > 0, width * places.count <= input.remaining else { throw Damage("codes") }
    var offset = try input.take(width * places.count, "codes").lowerBound
    var codes = [UInt32](repeating: 0, count: length(of: places))
    defer { parts.codes = PlainColumn(codes) }
    guard width > 0 else { return }
    for place in places {
      var code: UInt32 = 0
      for byte in 0..<width { code |= UInt32(input.bytes[offset + byte]) << UInt32(byte * 8) }
      guard code < known else { throw Damage("codes") }
      codes[place.index] = code
      offset += width
    }
  }

  private static func readNumbers(
    _ input: inout ByteReader, _ places: RowSet, _ parts: inout Parts
  ) throws(Damage) {
    guard let tag = NumberTag(rawValue: try input.byte("numbers")) else {
      throw Damage("numbers")
    }
    let size = tag == .raw ? 8 : 1
    guard places.count <= input.remaining / size else { throw Damage("numbers") }
    var numbers = [Double](repeating: 0, count: length(of: places))
    for place in places {
      let number =
        switch tag {
        case .raw: Double(bitPattern: try input.read64("numbers"))
        case .integers: Double(try input.zigzag("numbers"))
        }
      guard number.isFinite || number == .infinity else { throw Damage("numbers") }
      numbers[place.index] = number
    }
    parts.numbers = PlainColumn(numbers)
  }

  private static func readTimes(
    _ input: inout ByteReader, _ places: RowSet, _ parts: inout Parts
  ) throws(Damage) {
    guard places.count <= input.remaining else { throw Damage("times") }
    var times = [Int64](repeating: 0, count: length(of: places))
    var time: Int64 = 0
    for place in places {
      time &+= try input.zigzag("times")
      times[place.index] = time
    }
    parts.times = PlainColumn(times)
  }

  private static func readBooleans(
    _ input: inout ByteReader, _ places: RowSet, _ parts: inout Parts
  ) throws(Damage) {
    let start = try input.take((places.count + 7) / 8, "booleans").lowerBound
    for (index, place) in places.enumerated()
    where input.bytes[start + index / 8] >> UInt8(index & 7) & 1 == 1 {
      parts.booleans.insert(place.index)
    }
  }

  private static func length(of places: RowSet) -> Int {
    places.last.map { $0.index + 1 } ?? 0
  }
}
