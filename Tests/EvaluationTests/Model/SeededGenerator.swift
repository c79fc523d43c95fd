/// Random numbers that are the same for the same seed, on every machine (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) {
    state = UInt64(truncatingIfNeeded: seed)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// True once in `n` times.
  mutating func chance(oneIn n: Int) -> Bool {
    Int.random(in: 0..<n, using: &self) == 0
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &self)]
  }

  /// Between one and `limit` of the elements, in order.
  mutating func some<Element>(_ elements: [Element], limit: Int) -> [Element] {
    let count = Int.random(in: 1...limit, using: &self)
    return elements.indices.shuffled(using: &self).prefix(count).sorted().map { elements[$0] }
  }
}
