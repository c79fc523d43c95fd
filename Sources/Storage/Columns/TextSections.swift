import Diagnostics

// Texts as the sections of a snapshot: their heap, where each ends, and their order.

extension TextColumn {
  /// Writes the texts as sections, and what is to be known of them into `header`.
  ///
  /// `order` has their places in the order of their bytes. Texts that are those of a file, and no
  /// others, are written as they are there.
  func write(
    to output: inout some SectionWriter, as number: Int, header: inout [UInt8],
    order: @autoclosure () -> TextRanks
  ) {
    if let base, baseCount == base.count, count == baseCount {
      return base.write(to: &output, as: number, header: &header)
    }
    header.write(varint: count)
    if let (template, numbers) = TextTemplate.fitting(self) {
      header.append(TextForm.numbered)
      NumberedTexts.write(template, numbers, to: &output, as: number, header: &header)
    } else {
      writeHeap(to: &output, as: number, header: &header)
    }
    write(order(), to: &output, as: number, header: &header)
  }

  private func writeHeap(
    to output: inout some SectionWriter, as number: Int, header: inout [UInt8]
  ) {
    if base == nil {
      output.write(SectionName(.textHeap, number), heap.span)
    } else {
      var all: [UInt8] = []
      all.reserveLarge(byteCount)
      appendAllBytes(to: &all)
      output.write(SectionName(.textHeap, number), all.span)
    }
    var ends: [UInt32] = []
    var starts: [UInt64] = []
    ends.reserveCapacity(count)
    var end = 0
    var isNarrow = true
    for index in 0..<count {
      if index % TextHeap.groupSize == 0 { starts.append(UInt64(end)) }
      end += withBytes(of: index) { $0.count }
      let rest = UInt64(end) - (starts.last ?? 0)
      if rest > UInt64(UInt16.max) { isNarrow = false }
      ends.append(UInt32(truncatingIfNeeded: rest))
    }
    header.append(isNarrow ? TextForm.narrow : TextForm.wide)
    let name = SectionName(.textOffsets, number)
    if isNarrow {
      output.write(name, TextColumn.groups(starts, ends, of: UInt16.self).span)
    } else {
      output.write(name, TextColumn.groups(starts, ends, of: UInt32.self).span)
    }
  }

  private func write(
    _ order: TextRanks, to output: inout some SectionWriter, as number: Int,
    header: inout [UInt8]
  ) {
    var fences: [UInt64] = []
    for rank in stride(from: 0, to: order.places.count, by: TextOrder.fenceDistance) {
      let fence = withBytes(of: Int(order.places[rank])) { TextOrder.Fence($0) }
      fences.append(fence.upper)
      fences.append(fence.lower)
    }
    PackedValues.write(
      order.places.map(UInt64.init), to: &output, as: SectionName(.textOrder, number),
      header: &header)
    output.write(SectionName(.textFences, number), fences.span)
    output.write(order.ties, as: SectionName(.textTies, number), header: &header)
  }

  private static func groups<Number: FixedWidthInteger>(
    _ starts: [UInt64], _ ends: [UInt32], of type: Number.Type
  ) -> [Number] {
    var numbers: [Number] = []
    let parts = 64 / Number.bitWidth
    numbers.reserveCapacity(starts.count * (TextHeap.groupSize + parts))
    for (group, start) in starts.enumerated() {
      for part in 0..<parts {
        numbers.append(Number(truncatingIfNeeded: start >> UInt64(part * Number.bitWidth)))
      }
      for place in group * TextHeap.groupSize..<(group + 1) * TextHeap.groupSize {
        numbers.append(Number(truncatingIfNeeded: ends[Swift.min(place, ends.count - 1)]))
      }
    }
    return numbers
  }

  /// Reads texts of which there must be a known number.
  init(
    from input: some SectionReader, as number: Int, header: inout ByteReader, limit: Int
  ) throws(Damage) {
    self.init()
    let count = try header.number(atMost: limit, "texts")
    let content: TextBase.Content
    switch try header.byte("texts") {
    case TextForm.numbered:
      content = .numbered(
        try NumberedTexts(from: input, as: number, header: &header, count: count))
    case let form:
      let name = SectionName(.textOffsets, number)
      let offsets: TextHeap.Offsets =
        switch form {
        case TextForm.narrow: .narrow(try input.values(name, as: UInt16.self))
        case TextForm.wide: .wide(try input.values(name, as: UInt32.self))
        default: throw Damage("texts")
        }
      let bytes = try input.values(SectionName(.textHeap, number), as: UInt8.self)
      content = .heap(try TextHeap(bytes, offsets, count: count))
    }
    let places = try PackedValues(
      from: input, as: SectionName(.textOrder, number), header: &header, limit: count)
    let fences = try input.values(SectionName(.textFences, number), as: UInt64.self)
    let ties = try input.bitmap(SectionName(.textTies, number), header: &header, limit: count)
    let order = try TextOrder(places: places, fences: fences, ties: ties)
    self.init(try TextBase(content, order: order, count: count))
  }
}

extension TextBase {
  fileprivate func write(
    to output: inout some SectionWriter, as number: Int, header: inout [UInt8]
  ) {
    header.write(varint: count)
    switch content {
    case .heap(let heap): heap.write(to: &output, as: number, header: &header)
    case .numbered(let texts):
      header.append(TextForm.numbered)
      texts.write(to: &output, as: number, header: &header)
    }
    order.places.write(to: &output, as: SectionName(.textOrder, number), header: &header)
    order.fences.withSpan { output.write(SectionName(.textFences, number), $0) }
    output.write(order.ties, as: SectionName(.textTies, number), header: &header)
  }
}

extension TextHeap {
  fileprivate func write(
    to output: inout some SectionWriter, as number: Int, header: inout [UInt8]
  ) {
    bytes.withSpan { output.write(SectionName(.textHeap, number), $0) }
    let name = SectionName(.textOffsets, number)
    switch offsets {
    case .narrow(let numbers):
      header.append(TextForm.narrow)
      numbers.withSpan { output.write(name, $0) }
    case .wide(let numbers):
      header.append(TextForm.wide)
      numbers.withSpan { output.write(name, $0) }
    }
  }
}

/// How texts are stored.
private enum TextForm {
  /// As they are, with ends of two bytes.
  static let narrow: UInt8 = 0
  /// As they are, with ends of four bytes.
  static let wide: UInt8 = 1
  /// A template and numbers.
  static let numbered: UInt8 = 2
}
