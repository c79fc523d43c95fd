import CrashHarness
import Diagnostics
import Foundation
import Testing

@testable import Storage

@Suite("Globs")
struct GlobTests {
  @Test(
    "patterns match whole texts, in any case",
    arguments: [
      ("Acme*", "acme dental", true), ("Acme*", "The Acme", false), ("*acme", "THE ACME", true),
      ("", "", true), ("", "a", false), ("*", "", true), ("?", "", false), ("?", "é", true),
      ("?", "e\u{301}", false), ("a?c", "a👩c", true), ("*den*tal*", "Denali coastal", true),
      ("*den*tal*", "tal den", false), ("ab*ba", "aba", false), ("ab*ba", "abba", true),
      ("[a-c]x", "Bx", true), ("[A-C]x", "bx", true), ("[!a-c]x", "Bx", false),
      ("[^a-c]x", "dx", true), ("[]]x", "]x", true), ("[!]]x", "]x", false), ("[a-]", "-", true),
      ("[\\]]", "]", true), ("{dental,legal}*", "Legal Eagles", true),
      ("{dental,legal}*", "Medical", false), ("a{b,c{d,e}}f", "ACEF", true), ("a{,b}", "a", true),
      ("{*,x}y", "abcy", true), ("\\*", "*", true), ("\\*", "a", false), ("a\\{b", "a{b", true),
      ("a,b}", "a,b}", true), ("STRASSE", "straße", false), ("straẞe", "STRAßE", true),
      ("ΣΑΣ", "σας", true), ("K*", "\u{212A}elvin", true), ("ſ", "S", true), ("İ", "i", false),
      ("é", "e\u{301}", false), ("[à-ü]", "É", true), ("[À-Ü]", "é", true), ("*é*", "CAFÉ x", true),
    ])
  func tables(pattern: Text, text: Text, expected: Bool) throws {
    let glob = try Glob(pattern)
    #expect(glob.matches(text) == expected)
    #expect(NaiveGlob.matches(pattern, text) == expected)
  }

  @Test(
    "what is no pattern is told with its place",
    arguments: [
      ("a[bc", .unclosedClass(at: 1)), ("é[]", .unclosedClass(at: 2)),
      ("a{b,[c]", .unclosedBrace(at: 1)), ("x{a{b}", .unclosedBrace(at: 1)),
      ("ab\\", .danglingEscape(at: 2)), ("[z-a]", .backwardRange(at: 1)),
      ("{[}", .unclosedClass(at: 1)), ("[\\", .danglingEscape(at: 1)),
      (Text(String(repeating: "a", count: 257)), .tooLong(limit: 256)),
    ] as [(Text, GlobProblem)])
  func problems(pattern: Text, expected: GlobProblem) {
    #expect(throws: expected) { try Glob(pattern) }
  }

  @Test(
    "random patterns agree with a matcher that tries everything", arguments: 0..<16 as Range<UInt64>
  )
  func naive(seed: UInt64) throws {
    var random = Seeded(seed)
    for _ in 0..<60 {
      let pattern = Text(GlobTests.pattern(depth: 2, &random))
      guard let glob = try? Glob(pattern) else {
        Issue.record("no pattern: \(pattern)")
        continue
      }
      var column = TextColumn()
      var expected: [Int] = []
      for place in 0..<30 {
        let text = Text(
          (0..<Int.random(in: 0..<6, using: &random)).map { _ in
            ["a", "B", "b", "é", "É", "-", "k", "S", "\u{212A}", "\u{17F}"].randomElement(
              using: &random) ?? ""
          }.joined())
        column.append(text)
        if NaiveGlob.matches(pattern, text) { expected.append(place) }
        #expect(glob.matches(text) == NaiveGlob.matches(pattern, text), "\(pattern) on \(text)")
      }
      #expect(RowSet(glob.places(in: column)).map(\.index) == expected)
    }
  }

  private static func pattern(depth: Int, _ random: inout Seeded) -> String {
    (0..<Int.random(in: 0..<5, using: &random)).map { _ in
      switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
      case 0, 1: "*"
      case 2: "?"
      case 3: ["[a-b]", "[!b]", "[É-é]", "[^-]"].randomElement(using: &random) ?? ""
      case 4, 5: ["a", "b", "É", "K", "s", "ab", "bk-"].randomElement(using: &random) ?? ""
      default:
        "{\(pattern(depth: depth - 1, &random)),\(pattern(depth: depth - 1, &random))}"
      }
    }.joined()
  }

  @Test(
    "hostile patterns take time in proportion to the text",
    arguments: [
      "*a*a*a*a*a*a*b", "*a*a*a*a*a*a?b", "{a,aa,aaa}*{a,aa,aaa}*{a,aa,aaa}*b",
      "{*a,*a}{*a,*a}{*a,*a}{*a,*a}{*a,*a}{*a,*a}{*a,*a}{*a,*a}b",
      "*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*0",
    ] as [Text])
  func hostile(pattern: Text) throws {
    let glob = try Glob(pattern)
    let text = Text(String(repeating: "a", count: 4_000))
    let start = ContinuousClock.now
    #expect(!glob.matches(text))
    #expect(ContinuousClock.now - start < .seconds(5))
  }
}

/// Matches by trying every way, on folded scalars.
enum NaiveGlob {
  static func matches(_ pattern: Text, _ text: Text) -> Bool {
    let scalars = text.string.unicodeScalars.map { CaseFolding.fold($0.value) }
    return expand(Array(pattern.string.unicodeScalars)).contains { match($0[...], scalars[...]) }
  }

  private enum Part {
    case scalar(UInt32)
    case any
    case run
    case members(Set<UInt32>, negated: Bool)
  }

  /// All patterns without alternatives that a pattern stands for.
  private static func expand(_ pattern: [Unicode.Scalar]) -> [[Part]] {
    var next = 0
    return sequence(pattern, &next, nested: false)
  }

  private static func sequence(
    _ pattern: [Unicode.Scalar], _ next: inout Int, nested: Bool
  ) -> [[Part]] {
    var results: [[Part]] = [[]]
    while next < pattern.count {
      let scalar = pattern[next]
      if nested && (scalar == "," || scalar == "}") { return results }
      next += 1
      switch scalar {
      case "*": results = results.map { $0 + [.run] }
      case "?": results = results.map { $0 + [.any] }
      case "[":
        let part = members(pattern, &next)
        results = results.map { $0 + [part] }
      case "{":
        var alternatives: [[Part]] = []
        repeat {
          alternatives += sequence(pattern, &next, nested: true)
          next += 1
        } while pattern[next - 1] == ","
        results = results.flatMap { start in alternatives.map { start + $0 } }
      case "\\":
        let literal = CaseFolding.fold(pattern[next].value)
        next += 1
        results = results.map { $0 + [.scalar(literal)] }
      default: results = results.map { $0 + [.scalar(CaseFolding.fold(scalar.value))] }
      }
    }
    return results
  }

  private static func members(_ pattern: [Unicode.Scalar], _ next: inout Int) -> Part {
    let negated = pattern[next] == "!" || pattern[next] == "^"
    if negated { next += 1 }
    var members = Set<UInt32>()
    var isFirst = true
    while isFirst || pattern[next] != "]" {
      isFirst = false
      if pattern[next] == "\\" { next += 1 }
      let low = pattern[next].value
      next += 1
      if pattern[next] == "-" && pattern[next + 1] != "]" {
        members.formUnion((low...pattern[next + 1].value).map { CaseFolding.fold($0) })
        next += 2
      } else {
        members.insert(CaseFolding.fold(low))
      }
    }
    next += 1
    return .members(members, negated: negated)
  }

  private static func match(_ pattern: ArraySlice<Part>, _ text: ArraySlice<UInt32>) -> Bool {
    guard let part = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    if case .run = part {
      return text.indices.contains { match(rest, text[$0...]) }
        || match(rest, text[text.endIndex...])
    }
    guard let scalar = text.first else { return false }
    let holds =
      switch part {
      case .scalar(let wanted): wanted == scalar
      case .any: true
      case .members(let members, let negated): members.contains(scalar) != negated
      case .run: false
      }
    return holds && match(rest, text.dropFirst())
  }
}

@Suite("Case folding")
struct CaseFoldingTests {
  @Test("folding twice is folding once, for every scalar")
  func idempotent() {
    let wrong = (0..<0x2_0000 as Range<UInt32>).filter { scalar in
      let folded = CaseFolding.fold(scalar)
      return CaseFolding.fold(folded) != folded
    }
    #expect(wrong.isEmpty)
  }

  @Test(
    "folded as the Unicode data says",
    arguments: [
      (0x41, 0x61), (0x5A, 0x7A), (0x5B, 0x5B), (0xB5, 0x3BC), (0xD7, 0xD7), (0xDF, 0xDF),
      (0x130, 0x130), (0x131, 0x131), (0x178, 0xFF), (0x1E9E, 0xDF), (0x212A, 0x6B),
      (0x3A3, 0x3C3), (0x3C2, 0x3C3), (0x10400, 0x10428), (0x1E900, 0x1E922), (0xAB70, 0x13A0),
    ] as [(UInt32, UInt32)])
  func known(scalar: UInt32, folded: UInt32) {
    #expect(CaseFolding.fold(scalar) == folded)
  }

  @Test("every scalar is written as it is read")
  func coding() {
    let edges: [UInt32] = [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF]
    let wrong = (edges + stride(from: 5, to: 0x11_0000, by: 97)).filter { value in
      guard let scalar = Unicode.Scalar(value) else { return false }
      var bytes: [UInt8] = []
      UTF8Scalars.append(value, to: &bytes)
      var offset = 0
      return bytes != Array(String(scalar).utf8)
        || UTF8Scalars.scalar(in: bytes.span, at: &offset) != value || offset != bytes.count
    }
    #expect(wrong.isEmpty)
  }
}
