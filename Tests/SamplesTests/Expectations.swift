import Testing

/// One hostile input: a script's or a file's bytes, and what the message about it must mention.
struct HostileInput: Sendable, CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]
  let mentions: [String]

  init(_ name: String, _ bytes: [UInt8], _ mentions: String...) {
    self.name = name
    self.bytes = bytes
    self.mentions = mentions
  }

  init(_ name: String, _ text: String, _ mentions: String...) {
    self.name = name
    self.bytes = Array(text.utf8)
    self.mentions = mentions
  }

  var testDescription: String { name }
}

/// What every refusal has in common, however hostile the input.
///
/// The message mentions every fragment.
func expectRefusal(
  _ result: Program.Result, status: Int32, mentions fragments: [String],
  location: SourceLocation = #_sourceLocation
) {
  let message = result.errorText
  #expect(
    result.status == status, "\(message.prefix(600))", sourceLocation: location)
  #expect(message.contains("error["), "\(message.prefix(600))", sourceLocation: location)
  for fragment in fragments {
    #expect(
      message.contains(fragment), "no '\(fragment)' in: \(message.prefix(600))",
      sourceLocation: location)
  }
  #expect(
    message.utf8.count < 4_000, "a message of \(message.utf8.count) bytes", sourceLocation: location
  )
  expectNothingRaw(result.errors, location: location)
}

/// Nothing that a terminal would obey or mistake: no control bytes but line ends, no bidi marks.
func expectNothingRaw(_ bytes: [UInt8], location: SourceLocation = #_sourceLocation) {
  guard let text = String(validating: bytes, as: UTF8.self) else {
    Issue.record("output is not UTF-8", sourceLocation: location)
    return
  }
  for scalar in text.unicodeScalars where scalar.value != 10 {
    let isControl = scalar.value < 32 || (127...159).contains(scalar.value)
    let isBidi =
      [0x200E, 0x200F, 0x061C].contains(scalar.value)
      || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    if isControl || isBidi || scalar.value == 0xFFFD || scalar.value == 0x2028 {
      Issue.record(
        "raw U+\(String(scalar.value, radix: 16, uppercase: true)) in: \(text.debugDescription.prefix(400))",
        sourceLocation: location)
      return
    }
  }
}

/// Few and small numbers, the same on every run: SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
