// Names and ids for long lists: some hundreds at a time, so that what is the same for all of them is
// looked up once, and their bytes go straight from the file to the output.

extension Table {
  /// A text that every subaccount has of its own.
  package enum OwnText: Sendable {
    case id
    case name
  }

  /// Reads all that a file holds of these texts, so that it is verified.
  package func verify(_ text: OwnText) { texts(text).base.base?.verify() }

  /// Appends the texts of rows, a byte behind each.
  package func append(
    _ text: OwnText, of rows: ArraySlice<Row>, terminator: UInt8, to bytes: inout [UInt8]
  ) {
    let texts = texts(text)
    guard texts.patches.isEmpty, let base = texts.base.base, let first = rows.first,
      let last = rows.last, last.index < texts.base.baseCount, Table.ascends(rows)
    else {
      for row in rows {
        texts.appendBytes(of: row.index, to: &bytes)
        bytes.append(terminator)
      }
      return
    }
    base.append(rows, first.index...last.index, terminator: terminator, to: &bytes)
  }

  func texts(_ text: OwnText) -> PatchedTexts {
    switch text {
    case .id: ids
    case .name: names
    }
  }

  private static func ascends(_ rows: ArraySlice<Row>) -> Bool {
    let rows = rows.span
    for index in rows.indices.dropFirst() where rows[index] <= rows[index - 1] { return false }
    return true
  }
}

extension TextBase {
  /// Reads everything, so that it is verified.
  fileprivate func verify() {
    switch content {
    case .heap(let heap):
      heap.bytes.withSpan { _ in }
      switch heap.offsets {
      case .narrow(let numbers): numbers.withSpan { _ in }
      case .wide(let numbers): numbers.withSpan { _ in }
      }
    case .numbered(let texts):
      for field in texts.fields { field.verify() }
    }
  }

  /// Appends the texts of ascending rows, which are in a range of places.
  fileprivate func append(
    _ rows: ArraySlice<Row>, _ places: ClosedRange<Int>, terminator: UInt8,
    to output: inout [UInt8]
  ) {
    switch content {
    case .heap(let heap): heap.append(rows, places, terminator: terminator, to: &output)
    case .numbered(let texts):
      for row in rows {
        texts.withBytes(of: row.index) { output.append(bytes: $0) }
        output.append(terminator)
      }
    }
  }
}

extension TextHeap {
  /// Appends the texts of ascending rows, which are in a range of places.
  fileprivate func append(
    _ rows: ArraySlice<Row>, _ places: ClosedRange<Int>, terminator: UInt8, to output: inout [UInt8]
  ) {
    switch offsets {
    case .narrow(let numbers): append(rows, places, numbers, 4, terminator, &output)
    case .wide(let numbers): append(rows, places, numbers, 2, terminator, &output)
    }
  }

  /// The same; `heading` numbers say where a group begins.
  private func append<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ rows: ArraySlice<Row>, _ places: ClosedRange<Int>, _ numbers: Stored<Number>, _ heading: Int,
    _ terminator: UInt8, _ output: inout [UInt8]
  ) {
    let least = byteRange(of: places.lowerBound).lowerBound
    let greatest = byteRange(of: places.upperBound).upperBound
    let size = TextHeap.groupSize + heading
    let firstGroup = places.lowerBound / TextHeap.groupSize
    let lastGroup = places.upperBound / TextHeap.groupSize
    guard least <= greatest else { return self.bytes.condemn() }
    self.bytes.withSpan(of: least..<greatest) { heap in
      numbers.withSpan(of: firstGroup * size..<(lastGroup + 1) * size) { numbers in
        output.append(atMost: heap.count + rows.count) { room in
          var next = UInt64(least)
          var ends = -1
          var start: UInt64 = 0
          for row in rows {
            let group = (row.index / TextHeap.groupSize - firstGroup) * size
            let place = row.index % TextHeap.groupSize
            if ends != group + heading {
              ends = group + heading
              start = 0
              for part in 0..<heading {
                start |= UInt64(numbers[group + part]) << UInt64(part * Number.bitWidth)
              }
            }
            let from = start &+ (place == 0 ? 0 : UInt64(numbers[ends + place - 1]))
            let to = start &+ UInt64(numbers[ends + place])
            // Texts that lie one behind another have room, whatever the file says.
            if next <= from, from <= to, to <= UInt64(greatest) {
              room.append(heap.extracting(Int(from) - least..<Int(to) - least), terminator)
              next = to
            } else {
              self.bytes.condemn()
            }
          }
        }
      }
    }
  }
}
