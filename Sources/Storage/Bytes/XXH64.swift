/// The XXH64 checksum: against damage, not against people.
enum XXH64 {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  static func hash(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
    var offset = 0
    var state: UInt64
    if bytes.count >= 32 {
      state = stripes(bytes, seed: seed, offset: &offset)
    } else {
      state = seed &+ prime5
    }
    state &+= UInt64(bytes.count)
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
    var a = seed &+ prime1 &+ prime2
    var b = seed &+ prime2
    var c = seed
    var d = seed &- prime1
    while offset + 32 <= bytes.count {
      a = round(a, bytes.littleEndian64(at: offset))
      b = round(b, bytes.littleEndian64(at: offset + 8))
      c = round(c, bytes.littleEndian64(at: offset + 16))
      d = round(d, bytes.littleEndian64(at: offset + 24))
      offset += 32
    }
    var state = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
    for lane in [a, b, c, d] {
      state = (state ^ round(0, lane)) &* prime1 &+ prime4
    }
    return state
  }

  private static func round(_ state: UInt64, _ input: UInt64) -> UInt64 {
    rotate(state &+ input &* prime2, 31) &* prime1
  }

  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
    value << count | value >> (64 - count)
  }
}
