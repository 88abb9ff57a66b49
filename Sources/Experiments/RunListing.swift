import Foundation
import Training

/// Saved runs as JSON, for other programs. Every key is always there; what does not exist is null.
public enum RunListing {
    /// A list of runs.
    public static func text(_ runs: [RunSummary]) -> String { JSON.array(runs.map(\.json)).text() }

    /// One run with its epochs, its events and the figures of its test.
    public static func text(
        _ run: RunSummary, epochs: [EpochFigures], events: [RunEvent], test: TestReport?
    ) -> String {
        guard case .object(let members) = run.json else { return run.json.text() }
        let details: JSON = .object([
            "epochs": .array(epochs.map { RunReport.Epoch($0).json }), "events": .array(events.map(\.json)),
            "test": test?.json ?? .null,
        ])
        guard case .object(let more) = details else { return run.json.text() }
        return JSON.object(members + more).text()
    }

    /// Seconds since 1970 as the time of day in UTC, ISO 8601.
    static func time(_ date: Date?) -> JSON { date.map { .text($0.formatted(.iso8601)) } ?? .null }
}

extension RunSummary {
    var json: JSON {
        .object([
            "run": .integer(id), "name": name.map(JSON.text) ?? .null, "tags": .array(tags.map(JSON.text)),
            "note": .text(note), "state": .text(state.rawValue), "failure": failure.map(JSON.text) ?? .null,
            "spec": .text(specLine), "seed": .unsigned(seed),
            "dataset": .object([
                "name": .text(dataset), "source": .text(dataSource), "sha256": fingerprint.map(JSON.text) ?? .null,
                "train": .integer(trainingRows), "validation": .integer(validationRows), "test": .integer(testRows),
            ]),
            "parameters": .integer(parameters), "program": .text(program),
            "machine": .object([
                "host": .text(machine.host), "threads": .integer(machine.threads), "blas": .text(machine.blas),
            ]),
            "started": RunListing.time(started), "ended": RunListing.time(ended),
            "planned_epochs": .integer(plannedEpochs), "finished_epochs": .integer(self.epochs),
            "seconds": .number(seconds), "best_epoch": bestEpoch.map(JSON.integer) ?? .null,
            "best_val_loss": .number(bestValidationLoss), "best_val_accuracy": .number(bestValidationAccuracy),
            "test_loss": .number(testLoss), "test_accuracy": .number(testAccuracy),
            "test_errors": testErrors.map(JSON.integer) ?? .null,
        ])
    }
}

extension RunEvent {
    fileprivate var json: JSON {
        .object([
            "event": .text(kind.rawValue), "position": .number(position), "time": RunListing.time(time),
            "value": .number(value), "previous": .number(previous), "layer": layer.map(JSON.integer) ?? .null,
            "text": text.map(JSON.text) ?? .null,
        ])
    }
}
