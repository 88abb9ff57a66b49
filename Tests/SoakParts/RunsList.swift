import Foundation
import TestSupport

/// The runs of a store as `runs list --json` has them.
struct RunsList {
    /// The state of each run, by its number.
    let states: [Int: String]

    init(json: String) {
        let runs = (try? JSONSerialization.jsonObject(with: Data(json.utf8))) as? [[String: Any]] ?? []
        let pairs = runs.compactMap { run -> (Int, String)? in
            guard let number = run["run"] as? Int, let state = run["state"] as? String else { return nil }
            return (number, state)
        }
        states = Dictionary(pairs) { $1 }
    }

    /// - Throws: where the store can't be listed.
    init(store: String) throws {
        let result = try Program.run(["runs", "list", "--json", "--store", store])
        guard result.status == 0 else { throw DashboardSoak.Failure(description: "runs list: \(result.errors)") }
        self.init(json: result.output)
    }
}
