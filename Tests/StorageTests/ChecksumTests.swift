import Testing

@testable import Storage

@Suite("Checksums")
struct ChecksumTests {
  /// The reference implementation's own test vectors: bytes of its generator, by length and seed.
  @Test(
    "XXH64 gives the published values",
    arguments: [
      (0, 0, 0xEF46_DB37_51D8_E999), (0, 0x9E37_79B1, 0xAC75_FDA2_929B_17EF),
      (1, 0, 0xE934_A84A_DB05_2768), (1, 0x9E37_79B1, 0x5014_607643A9_B4C3),
      (14, 0, 0x8282_DCC4_994E_35C8), (14, 0x9E37_79B1, 0xC3BD_6BF6_3DEB_6DF0),
      (222, 0, 0xB641_AE8C_B691_C174), (222, 0x9E37_79B1, 0x20CB_8AB7_AE10_C14A),
    ] as [(Int, UInt64, UInt64)])
  func xxh64(length: Int, seed: UInt64, expected: UInt64) {
    var bytes: [UInt8] = []
    var state: UInt64 = 2_654_435_761
    for _ in 0..<length {
      bytes.append(UInt8(truncatingIfNeeded: state >> 56))
      state = state &* 11_400_714_785_074_694_797
    }
    #expect(XXH64.hash(bytes.span, seed: seed) == expected)
  }

  @Test(
    "XXH64 of texts",
    arguments: [
      ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
    ] as [(String, UInt64)])
  func xxh64Texts(text: String, expected: UInt64) {
    #expect(XXH64.hash(Array(text.utf8).span) == expected)
  }

  @Test(
    "the checksum of blocks is what the format says",
    arguments: Array(0...200) + [1_000, 4_096, 65_024, 65_536])
  func laneSum(length: Int) {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: ($0 &* 37 &+ length) ^ $0 >> 3) }
    var keys: [UInt64] = [
      0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB, 0xD6E8_FEB8_6659_FD93,
      0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB, 0x8EBC_6AF0_9C88_C6E3, 0x5899_65CC_7537_4CC3,
    ]
    var sums: [UInt64] = Array(repeating: 0, count: 8)
    for stripe in stride(from: 0, to: length, by: 64) {
      for lane in 0..<8 {
        func number(_ lane: Int) -> UInt64 {
          (0..<8).reduce(0) { number, index in
            let place = stripe + lane * 8 + index
            return number | UInt64(place < length ? bytes[place] : 0) << UInt64(index * 8)
          }
        }
        let mixed = number(lane) ^ keys[lane]
        sums[lane] &+= number(lane ^ 1) &+ (mixed & 0xFFFF_FFFF) &* (mixed >> 32)
      }
      for lane in 0..<8 { keys[lane] &+= 0xC2B2_AE3D_27D4_EB4F }
    }
    var sumBytes: [UInt8] = []
    for sum in sums { sumBytes.write64(sum) }
    #expect(LaneSum.hash(bytes.span) == XXH64.hash(sumBytes.span, seed: UInt64(length)))
  }

  @Test("the checksum of blocks changes with each bit, and with the order of what is in them")
  func laneSumChanges() {
    let bytes = (0..<512).map { UInt8(truncatingIfNeeded: $0 * 7 ^ $0 >> 4) }
    let sum = LaneSum.hash(bytes.span)
    for bit in 0..<bytes.count * 8 {
      var damaged = bytes
      damaged[bit >> 3] ^= 1 << UInt8(bit & 7)
      #expect(LaneSum.hash(damaged.span) != sum)
    }
    for size in [8, 64, 256] {
      let swapped = Array(bytes[size..<2 * size] + bytes[..<size] + bytes[(2 * size)...])
      #expect(LaneSum.hash(swapped.span) != sum)
    }
    #expect(LaneSum.hash(Array(bytes.dropLast()).span) != sum)
    #expect(LaneSum.hash((bytes + [0]).span) != sum)
  }

  @Test(
    "SHA-256 gives the values of FIPS 180-4",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
          + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func sha256(text: String, expected: String) {
    #expect(hexadecimal(SHA256.hash(Array(text.utf8))) == expected)
  }

  @Test("SHA-256 of ten thousand letters, in parts of any size")
  func sha256InParts() {
    var hasher = SHA256()
    var rest = 10_000
    var size = 1
    while rest > 0 {
      let part = [UInt8](repeating: 0x61, count: min(size, rest))
      hasher.update(part.span)
      rest -= part.count
      size = size * 3 % 997 + 1
    }
    #expect(
      hexadecimal(hasher.finish())
        == "27dd1f61b867b6a0f6e9d8a41c43231de52107e53ae424de8f847b821db4b711")
  }

  @Test("SHA-256 is the same with and without the processor's instructions", arguments: 0..<200)
  func sha256BothWays(length: Int) {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
    var fast = SHA256()
    var plain = SHA256(usesProcessor: false)
    for part in [bytes[..<(length / 3)], bytes[(length / 3)...]] {
      fast.update(part.span)
      plain.update(part.span)
    }
    #expect(fast.finish() == plain.finish())
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
