import Diagnostics
import Permissions

// A whole table as the sections of a snapshot. What is small is one section, `agency`; it also says of
// each other section what must be known to use it. So reading costs nothing in rows.

extension Table {
  /// Texts are numbered: ids, names, and then the dictionaries of the attributes.
  private enum TextNumber {
    static let ids = 0
    static let names = 1

    static func dictionary(of attribute: Int) -> Int { 2 + attribute }
  }

  /// Writes the table as sections.
  func write(to output: inout some SectionWriter) {
    var header: [UInt8] = []
    header.write(varint: rowCount)
    let origin = Origin(catalog: catalog, attributes: attributes).payload
    header.write(varint: origin.count)
    header.append(contentsOf: origin)
    header.write(definitions) { Definition.write($0, to: &$1) }
    output.write(liveRows, as: SectionName(.live), header: &header)
    output.write(protectedRows, as: SectionName(.protected), header: &header)
    for (number, bitmap) in bits.enumerated() {
      output.write(bitmap, as: SectionName(.permission, number), header: &header)
    }
    ids.write(to: &output, as: TextNumber.ids, header: &header)
    names.write(to: &output, as: TextNumber.names, header: &header)
    createdTimes.write(to: &output, as: SectionName(.created), header: &header)
    output.write(SectionName(.inheritance), inheritance.packed.span)
    for (number, column) in columns.enumerated() {
      column.write(
        to: &output, as: number, dictionary: TextNumber.dictionary(of: number), header: &header)
    }
    output.write(SectionName(.agency), header.span)
  }

  /// Reads what `write` wrote, as far as it must be known at once.
  ///
  /// - Throws: where sections are missing or do not fit each other. What is found out later condemns
  ///   the file.
  init(from input: some SectionReader) throws(Damage) {
    let most = Int(UInt32.max) - 1
    var header = ByteReader(try input.values(SectionName(.agency), as: UInt8.self).array)
    let rowCount = try header.number(atMost: most, "rows")
    let originSize = try header.count("origin")
    var originInput = ByteReader(header.bytes, try header.take(originSize, "origin"))
    let origin = try Origin(from: &originInput)
    var definitions: [Definition] = []
    for _ in 0..<(try header.count("definitions")) {
      guard let definition = try Definition.read(&header) else { throw Damage("definition") }
      definitions.append(definition)
    }
    let live = try input.bitmap(SectionName(.live), header: &header, limit: rowCount)
    let protected = try input.bitmap(SectionName(.protected), header: &header, limit: rowCount)
    var bits: [Bitmap] = []
    for number in 0..<origin.catalog.count {
      bits.append(
        try input.bitmap(SectionName(.permission, number), header: &header, limit: rowCount))
    }
    let ids = try TextColumn(from: input, as: TextNumber.ids, header: &header, limit: rowCount)
    let names = try TextColumn(from: input, as: TextNumber.names, header: &header, limit: rowCount)
    let times = PlainColumn<Int64>(
      try PackedValues(from: input, as: SectionName(.created), header: &header, limit: rowCount))
    guard ids.count == rowCount, names.count == rowCount, times.count == rowCount else {
      throw Damage("rows")
    }
    let inheritance = try Inheritance(
      try input.values(SectionName(.inheritance), as: UInt32.self))
    var columns: [ValueColumn] = []
    for (number, attribute) in origin.attributes.enumerated() {
      columns.append(
        try ValueColumn(
          from: input, as: number, dictionary: TextNumber.dictionary(of: number),
          type: attribute.type, header: &header, limit: rowCount))
    }
    guard header.isAtEnd else { throw Damage("agency") }
    self.init(
      catalog: origin.catalog, attributes: origin.attributes,
      Parts(
        rowCount: rowCount, definitions: definitions, live: live, protected: protected, bits: bits,
        columns: columns, ids: ids, names: names, createdTimes: times, inheritance: inheritance))
  }
}

extension PatchedTexts {
  fileprivate func write(
    to output: inout some SectionWriter, as number: Int, header: inout [UInt8]
  ) {
    merged.write(to: &output, as: number, header: &header, order: order)
  }
}

extension ValueColumn {
  fileprivate func write(
    to output: inout some SectionWriter, as number: Int, dictionary texts: Int,
    header: inout [UInt8]
  ) {
    header.write(varint: count)
    output.write(present, as: SectionName(.presence, number), header: &header)
    let name = SectionName(.values, number)
    switch type {
    case .number, .quota: numbers.write(to: &output, as: name, header: &header)
    case .time: times.write(to: &output, as: name, header: &header)
    case .boolean:
      output.write(booleans, as: SectionName(.booleans, number), header: &header)
    case .text:
      dictionary.write(to: &output, as: texts, header: &header, order: dictionary.order)
      codes.write(to: &output, as: name, header: &header)
    }
  }

  fileprivate init(
    from input: some SectionReader, as number: Int, dictionary texts: Int, type: AttributeType,
    header: inout ByteReader, limit: Int
  ) throws(Damage) {
    let count = try header.number(atMost: limit, "column")
    let presence = try header.bitmapSize(limit: count)
    let name = SectionName(.values, number)
    var parts = Parts()
    var length = count
    switch type {
    case .number, .quota:
      let values = try PackedValues(from: input, as: name, header: &header, limit: count)
      parts.numbers = PlainColumn(values)
      length = values.count
    case .time:
      let values = try PackedValues(from: input, as: name, header: &header, limit: count)
      parts.times = PlainColumn(values)
      length = values.count
    case .boolean:
      parts.booleans = try input.bitmap(
        SectionName(.booleans, number), header: &header, limit: count)
    case .text:
      let most = Int(UInt32.max) - 1
      parts.dictionary = try TextColumn(from: input, as: texts, header: &header, limit: most)
      let values = try PackedValues(from: input, as: name, header: &header, limit: count)
      parts.codes = PlainColumn(values)
      length = values.count
      guard length == 0 || !parts.dictionary.isEmpty else { throw Damage("dictionary") }
    }
    let words = try input.values(SectionName(.presence, number), as: UInt64.self)
    // What has a value lies within the values.
    let present = Bitmap(words, count: presence, limit: length)
    guard words.count <= (length + 63) / 64 else { throw Damage("column") }
    self.init(type: type, count: count, present: present, parts)
  }
}
