import Diagnostics
import Testing

@Suite("The nearest name")
struct SuggestionTests {
  private static let permissions: [Text] = [
    "inbound", "outbound", "widget", "chat", "calls", "twilio", "hubspot", "knowledge_base", "logs",
  ]

  static let cases: [(word: Text, nearest: Text?)] = [
    ("outbond", "outbound"), ("OUTBUOND", "outbound"), ("outboundd", "outbound"),
    ("utbound", "outbound"), ("inbuond", "inbound"), ("knowlege_base", "knowledge_base"),
    ("caht", "chat"), ("calls", "calls"), ("cals", "calls"), ("log", "logs"), ("", nil),
    ("x", nil), ("salesforce", nil), ("wdgt", nil), ("kb", nil),
  ]

  @Test("is found only when it is near", arguments: cases)
  func nearest(word: Text, nearest: Text?) {
    #expect(Suggestion.nearest(to: word, among: Self.permissions) == nearest)
  }

  @Test("does not depend on the order of the candidates")
  func order() {
    let names: [Text] = ["Acme Dentel", "Acme Dentak", "Acme Dentam"]
    for rotation in 0..<3 {
      let rotated = Array(names[rotation...] + names[..<rotation])
      #expect(Suggestion.nearest(to: "Acme Dental", among: rotated) == "Acme Dentak")
    }
  }

  @Test("comes with the next ones, best first")
  func several() {
    let names: [Text] = ["plan", "plane", "plant", "clan", "region"]
    #expect(Suggestion.nearest(to: "plann", among: names, count: 3) == ["plan", "plane", "plant"])
  }

  @Test("agrees with a plain edit distance", arguments: 0..<30)
  func distance(seed: Int) {
    var state = UInt32(seed) &+ 7
    func letter() -> Character {
      state = state &* 1_664_525 &+ 1_013_904_223
      return ["a", "b", "c"][Int(state >> 16) % 3]
    }
    for _ in 0..<40 {
      let left = String((0..<6).map { _ in letter() })
      let right = String((0..<(4 + Int(state >> 20) % 5)).map { _ in letter() })
      let found = Suggestion.nearest(to: Text(left), among: [Text(right)]) != nil
      #expect(found == (plainDistance(Array(left), Array(right)) <= 2), "\(left) \(right)")
    }
  }

  /// Optimal string alignment, the whole table.
  private func plainDistance(_ left: [Character], _ right: [Character]) -> Int {
    var table = Array(repeating: Array(repeating: 0, count: right.count + 1), count: left.count + 1)
    for row in 0...left.count {
      for column in 0...right.count {
        if row == 0 || column == 0 {
          table[row][column] = row + column
          continue
        }
        let cost = left[row - 1] == right[column - 1] ? 0 : 1
        var best = min(
          table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + cost)
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          best = min(best, table[row - 2][column - 2] + 1)
        }
        table[row][column] = best
      }
    }
    return table[left.count][right.count]
  }

  @Test("is found among ten thousand")
  func many() {
    let names = (0..<10_000).map { Text("Subaccount number \($0)") } + ["Acme Dental Berlin"]
    #expect(Suggestion.nearest(to: "Acme Dntal Berlin", among: names) == "Acme Dental Berlin")
  }
}
