import Diagnostics
import Language
import Testing

@Suite("Standard layout")
struct ReformatterTests {
  private func reformatted(_ text: String) -> String {
    let (result, diagnostics) = Reformatter.reformat(SourceText(text))
    for diagnostic in diagnostics { Issue.record("\(laidOut(diagnostic))") }
    return result ?? ""
  }

  private static let untidy = """
    #!/usr/bin/env permql
    -- head


    -- second
    GRANT   outbound,inbound TO ALL   -- trailing
       ; -- after
    if no subaccounts having outbound { -- why
      grant 'it"s' to all;revoke chat from all

      -- own
    } else if 1 subaccounts{}
    else { undo }
    show subaccounts -- who
      where plan = "pro"

      -- mid
      limit 1_000


    create subaccount 'A' set Plan = 1
    -- last
    """

  private static let tidy = #"""
    #!/usr/bin/env permql
    -- head

    -- second
    grant outbound, inbound to all  -- trailing  -- after
    if no subaccounts having outbound {  -- why
      grant 'it"s' to all
      revoke chat from all

      -- own
    } else if 1 subaccounts {
    } else {
      undo
    }
    show subaccounts  -- who
      where plan = "pro"
      -- mid
      limit 1_000

    create subaccount "A" set Plan = 1
    -- last

    """#

  @Test("keeps comments, and at most one empty line")
  func comments() {
    #expect(reformatted(Self.untidy) == Self.tidy)
    #expect(reformatted(Self.tidy) == Self.tidy)
  }

  @Test("breaks long statements before clauses, then connectives, then after commas")
  func longStatements() {
    let long = """
      grant integrations.* without integrations.twilio, integrations.hubspot to where name ~ "Acme*" \
      and (region in ("eu", "us", "apac") or plan = "professional") and max_agents > 5 having outbound \
      expect 1..40 because "ticket 4711" -- end
      set plan = "\(String(repeating: "a", count: 40))", region = "\(String(repeating: "b", count: 32))" \
      for all
      """
    let expected = """
      grant integrations.* without integrations.twilio, integrations.hubspot
        to where name ~ "Acme*" and (region in ("eu", "us", "apac") or plan = "professional")
          and max_agents > 5
        having outbound expect 1..40 because "ticket 4711"  -- end
      set plan = "\(String(repeating: "a", count: 40))", region = "\(String(repeating: "b", count: 32))"
        for all

      """
    #expect(reformatted(long) == expected)
  }

  @Test("keeps the tree and every comment, and does nothing twice", arguments: 100..<120)
  func laws(seed: Int) throws {
    var generator = try SentenceGenerator(Grammar.published(), seed: seed)
    for _ in 0..<50 {
      let script = try generator.sentence("SCRIPT")
      let once = reformatted(script)
      #expect(parsed(once) == parsed(script), "\(script)\n\(once)")
      #expect(reformatted(once) == once, "\(script)\n\(once)")
      #expect(once.ranges(of: "-- why").count == script.ranges(of: "-- why").count)
      let isNarrow = once.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= 240 }
      #expect(isNarrow, "\(once)")
    }
  }

  @Test("leaves a script with mistakes alone")
  func mistakes() {
    let (text, diagnostics) = Reformatter.reformat(SourceText("grant x too all"))
    #expect(text == nil)
    #expect(diagnostics.count == 1)
  }

  @Test("takes linear time on nothing but comments")
  func manyComments() {
    let text = String(repeating: "--\n", count: 50_000)
    #expect(reformatted(text) == text)
  }
}
