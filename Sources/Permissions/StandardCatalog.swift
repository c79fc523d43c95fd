import Diagnostics

extension Catalog {
  /// The platform's permissions as a new store starts with them.
  package static let standard = Catalog(
    areas: [
      Area(name: "general", label: "General"),
      Area(name: "agent_types", label: "Agent types"),
      Area(name: "capabilities", label: "Agents' capabilities"),
      Area(name: "integrations", label: "Integrations"),
      Area(name: "actions", label: "Actions"),
    ],
    permissions: general + agentTypes + capabilities + integrations + actions)

  private static let general = [
    Permission(
      area: "general", field: "assistants", label: "Agents", apiField: "assistants",
      isAlwaysEnabled: true),
    viaAPI("general", "knowledge_base", "Knowledge Base"),
    viaAPI("general", "actions", "Actions"),
    viaAPI("general", "workflows", "Workflows"),
    viaAPI("general", "contacts", "Contacts"),
    viaAPI("general", "phone_numbers", "Phone Numbers"),
    viaAPI("general", "analytics", "Analytics"),
    viaAPI("general", "simulations", "Test Center (Simulations)"),
    viaAPI("general", "logs", "Logs"),
    Permission(area: "general", field: "invite_members", label: "Invite Members", isUIOnly: true),
  ]

  private static let agentTypes = [
    viaAPI("agent_types", "inbound", "Inbound agents"),
    viaAPI("agent_types", "outbound", "Outbound agents"),
    viaAPI("agent_types", "widget", "Widget agents"),
    viaAPI("agent_types", "chat", "Chat agents"),
  ]

  private static let capabilities = [
    inDashboard("capabilities", "configure", "Configure agents"),
    inDashboard("capabilities", "prompt", "Edit prompts"),
    inDashboard("capabilities", "actions", "Attach actions"),
    inDashboard("capabilities", "deployment", "Deploy agents"),
    inDashboard("capabilities", "calls", "Place test calls"),
  ]

  private static let integrations = [
    inDashboard("integrations", "twilio", "Twilio"),
    inDashboard("integrations", "elevenlabs", "ElevenLabs"),
    inDashboard("integrations", "gohighlevel", "GoHighLevel"),
    inDashboard("integrations", "hubspot", "HubSpot"),
    inDashboard("integrations", "calcom", "Cal.com"),
    inDashboard("integrations", "salesforce", "Salesforce"),
  ]

  private static let actions = [
    inDashboard("actions", "live_transfer", "Live Transfer"),
    inDashboard("actions", "real_time_booking", "Real-Time Booking"),
    inDashboard("actions", "custom_action", "Custom Action"),
    inDashboard("actions", "send_sms", "Send SMS"),
    inDashboard("actions", "incall_sms", "In-Call SMS"),
    inDashboard("actions", "incall_whatsapp", "In-Call WhatsApp"),
    inDashboard("actions", "information_extractor", "Information Extractor"),
    inDashboard("actions", "custom_eval", "Custom Evaluation"),
    inDashboard("actions", "mcp", "MCP"),
    inDashboard("actions", "ivr_handling", "IVR Handling"),
    inDashboard("actions", "five9_handoff", "Five9 Handoff"),
  ]

  /// A permission that the Subaccounts API names as the catalogue does.
  private static func viaAPI(_ area: Text, _ field: Text, _ label: Text) -> Permission {
    Permission(area: area, field: field, label: label, apiField: field)
  }

  /// A permission that only the dashboard can change.
  private static func inDashboard(_ area: Text, _ field: Text, _ label: Text) -> Permission {
    Permission(area: area, field: field, label: label)
  }
}
