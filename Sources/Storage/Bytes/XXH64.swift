/// The XXH64 checksum: against damage, not against people.
enum XXH64 {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5
  /// What the state of fewer than 32 bytes begins with.
  fileprivate static let shortSeed = prime5

  static func hash(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
    var offset = 0
    let state: UInt64
    if bytes.count >= 32 {
      state = stripes(bytes, seed: seed, offset: &offset)
    } else {
      state = seed &+ shortSeed
    }
    return finish(state, length: bytes.count, bytes.extracting(offset...))
  }

  /// Adds the bytes that do not fill a stripe.
  fileprivate static func finish(_ lanes: UInt64, length: Int, _ bytes: Span<UInt8>) -> UInt64 {
    var state = lanes &+ UInt64(length)
    var offset = 0
    while offset + 8 <= bytes.count {
      state ^= round(0, bytes.littleEndian64(at: offset))
      state = rotate(state, 27) &* prime1 &+ prime4
      offset += 8
    }
    if offset + 4 <= bytes.count {
      state ^= UInt64(bytes.littleEndian32(at: offset)) &* prime1
      state = rotate(state, 23) &* prime2 &+ prime3
      offset += 4
    }
    while offset < bytes.count {
      state ^= UInt64(bytes[offset]) &* prime5
      state = rotate(state, 11) &* prime1
      offset += 1
    }
    state ^= state >> 33
    state &*= prime2
    state ^= state >> 29
    state &*= prime3
    state ^= state >> 32
    return state
  }

  private static func stripes(_ bytes: Span<UInt8>, seed: UInt64, offset: inout Int) -> UInt64 {
    var lanes = Lanes(seed: seed)
    offset = lanes.add(bytes)
    return lanes.merged
  }

  /// The state while whole stripes of 32 bytes are added.
  fileprivate struct Lanes: Sendable {
    private var a: UInt64
    private var b: UInt64
    private var c: UInt64
    private var d: UInt64

    init(seed: UInt64) {
      a = seed &+ prime1 &+ prime2
      b = seed &+ prime2
      c = seed
      d = seed &- prime1
    }

    /// Adds as many stripes as there are, and returns how many bytes they have.
    mutating func add(_ bytes: Span<UInt8>) -> Int {
      var (a, b, c, d) = (self.a, self.b, self.c, self.d)
      var offset = 0
      while offset + 32 <= bytes.count {
        a = round(a, bytes.littleEndian64(at: offset))
        b = round(b, bytes.littleEndian64(at: offset + 8))
        c = round(c, bytes.littleEndian64(at: offset + 16))
        d = round(d, bytes.littleEndian64(at: offset + 24))
        offset += 32
      }
      (self.a, self.b, self.c, self.d) = (a, b, c, d)
      return offset
    }

    var merged: UInt64 {
      var state = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
      for lane in [a, b, c, d] {
        state = (state ^ round(0, lane)) &* prime1 &+ prime4
      }
      return state
    }
  }

  private static func round(_ state: UInt64, _ input: UInt64) -> UInt64 {
    rotate(state &+ input &* prime2, 31) &* prime1
  }

  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
    value << count | value >> (64 - count)
  }
}

/// The same checksum of bytes that come in pieces.
struct XXH64Stream {
  private var lanes = XXH64.Lanes(seed: 0)
  /// What does not yet fill a stripe.
  private var rest: [UInt8] = []
  private var length = 0

  mutating func update(_ bytes: Span<UInt8>) {
    length += bytes.count
    var bytes = bytes
    if !rest.isEmpty {
      let missing = min(32 - rest.count, bytes.count)
      rest.append(bytes: bytes.extracting(0..<missing))
      guard rest.count == 32 else { return }
      let stripe = rest
      _ = lanes.add(stripe.span)
      rest.removeAll(keepingCapacity: true)
      bytes = bytes.extracting(missing...)
    }
    let whole = lanes.add(bytes)
    rest.append(bytes: bytes.extracting(whole...))
  }

  var value: UInt64 {
    XXH64.finish(
      length >= 32 ? lanes.merged : XXH64.shortSeed, length: length, rest.span)
  }
}
