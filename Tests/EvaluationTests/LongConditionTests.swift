import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("Long conditions")
struct LongConditionTests {
  @Test(
    "thousands of terms are one walk over the subaccounts",
    arguments: [
      ("name", "\"Nobody %\""), ("plan", "\"none %\""), ("max_minutes", "1%"), ("id", "\"none %\""),
      ("permission_count", "5%"),
    ])
  func terms(_ attribute: String, _ value: String) throws {
    var generator = SeededGenerator(seed: 1)
    let store = try ModelAgency.random(400, using: &generator)
      .store(declared: RandomWords.attributes)
    let values = (0..<1_000).map {
      value.replacing("%", with: String($0 + 10_000))
    }
    let clock = ContinuousClock()
    for condition in [
      values.map { "\(attribute) = \($0)" }.joined(separator: " or "),
      "\(attribute) in (\(values.joined(separator: ", ")))",
    ] {
      let start = clock.now
      let run = CollectedRun("count where \(condition)", on: store)
      #expect(run.status == .done)
      #expect(run.tables.first?.texts(of: "count") == ["0"])
      #expect(start.duration(to: clock.now) < .seconds(5))
    }
  }
}
