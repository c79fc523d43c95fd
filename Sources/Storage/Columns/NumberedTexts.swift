import Diagnostics

/// Texts of a file that are one template each and some numbers: an id takes eight bytes and not
/// thirty-two.
struct NumberedTexts: Sendable {
  let template: TextTemplate
  /// The first number of all texts, then the second, and so on.
  let fields: [PackedValues]

  /// Lends a text's bytes, which are made for it.
  func withBytes<Result>(of index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    var buffer = TextTemplate.Buffer(repeating: 0)
    let length = template.write(to: &buffer) { fields[$0][index] }
    return body(buffer.span.extracting(0..<length))
  }

  /// Makes some neighbouring texts, one after another, and tells where each ends.
  func make(_ places: Range<Int>, endingAt ends: inout [UInt32]) -> [UInt8] {
    var numbers: [UInt64] = []
    numbers.reserveCapacity(places.count * fields.count)
    for field in fields { field.forEach(in: places) { numbers.append($0) } }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(places.count * 32)
    var buffer = TextTemplate.Buffer(repeating: 0)
    for index in 0..<places.count {
      let length = template.write(to: &buffer) { numbers[$0 * places.count + index] }
      bytes.append(bytes: buffer.span.extracting(0..<length))
      ends[index] = UInt32(bytes.count)
    }
    return bytes
  }
}

// MARK: - In sections

extension NumberedTexts {
  /// Each field is a section of its own; their numbers are those of the texts and so much more.
  private static func name(_ texts: Int, _ field: Int) -> SectionName {
    SectionName(.textNumbers, texts + field << 20)
  }

  /// Writes the numbers of texts, those of a text together, and their template into `header`.
  static func write(
    _ template: TextTemplate, _ numbers: [UInt64], to output: inout some SectionWriter,
    as texts: Int, header: inout [UInt8]
  ) {
    template.write(to: &header)
    for field in 0..<template.fieldCount {
      let values = stride(from: field, to: numbers.count, by: template.fieldCount).map {
        numbers[$0]
      }
      PackedValues.write(values, to: &output, as: name(texts, field), header: &header)
    }
  }

  /// Writes the texts as they are.
  func write(to output: inout some SectionWriter, as texts: Int, header: inout [UInt8]) {
    template.write(to: &header)
    for (index, field) in fields.enumerated() {
      field.write(to: &output, as: NumberedTexts.name(texts, index), header: &header)
    }
  }

  init(
    from input: some SectionReader, as texts: Int, header: inout ByteReader, count: Int
  ) throws(Damage) {
    template = try TextTemplate(from: &header)
    var fields: [PackedValues] = []
    for field in 0..<template.fieldCount {
      let values = try PackedValues(
        from: input, as: NumberedTexts.name(texts, field), header: &header, limit: count)
      guard values.count == count else { throw Damage("numbered texts") }
      fields.append(values)
    }
    self.fields = fields
  }
}

extension TextTemplate {
  fileprivate func write(to header: inout [UInt8]) {
    header.write(varint: pieces.count)
    for piece in pieces {
      switch piece {
      case .literal(let bytes):
        header.append(0)
        header.write(varint: bytes.count)
        header += bytes
      case .number: header.append(1)
      case .digits(let width): header += [2, UInt8(width)]
      case .hexadecimal(let width, let isCapital):
        header += [isCapital ? 4 : 3, UInt8(width)]
      }
    }
  }

  fileprivate init(from header: inout ByteReader) throws(Damage) {
    var pieces: [Piece] = []
    for _ in 0..<(try header.count("template")) {
      let kind = try header.byte("template")
      switch kind {
      case 0: pieces.append(.literal(Array(try header.text("template").utf8)))
      case 1: pieces.append(.number)
      case 2: pieces.append(.digits(try TextTemplate.width(atMost: 18, &header)))
      case 3, 4:
        let width = try TextTemplate.width(atMost: 16, &header)
        pieces.append(.hexadecimal(width, isCapital: kind == 4))
      default: throw Damage("template")
      }
    }
    guard let template = TextTemplate(pieces) else { throw Damage("template") }
    self = template
  }

  private static func width(
    atMost limit: UInt8, _ header: inout ByteReader
  ) throws(Damage) -> Int {
    let width = try header.byte("template")
    guard width > 0, width <= limit else { throw Damage("template") }
    return Int(width)
  }
}
