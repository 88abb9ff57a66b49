import Foundation
import Reports
import Training

/// Saved runs as JSON, for other programs. Every key is always present; a missing value is null.
package enum RunListing {
    /// A list of runs.
    package static func text(_ runs: [RunSummary]) -> String { JSON.array(runs.map(\.json)).text() }

    /// One run with the names of its classes, its epochs, its changes, its events and the figures of its test.
    package static func text(
        _ run: RunSummary, classNames: [String]?, epochs: [EpochFigures], changes: [RunChange], events: [RunEvent],
        test: TestReport?
    ) -> String {
        guard case .object(let members) = run.json else { return run.json.text() }
        let details: JSON = .object([
            "class_names": classNames.map { .array($0.map(JSON.text)) } ?? .null,
            "epochs": .array(epochs.map { RunReport.Epoch($0).json }), "changes": .array(changes.map(\.json)),
            "events": .array(events.map(\.json)), "test": test?.json ?? .null,
        ])
        guard case .object(let more) = details else { return run.json.text() }
        return JSON.object(members + more).text()
    }

    /// The date and time in UTC, ISO 8601; null for nil.
    static func time(_ date: Date?) -> JSON { date.map { .text($0.formatted(.iso8601)) } ?? .null }
}

extension RunSummary {
    /// The run as one object of `trainspotter runs --json`; docs/saved-runs.md names its members.
    package var json: JSON {
        var members: [JSON.Member] = []
        for case .object(let part) in [identityJSON, lineJSON, courseJSON, testJSON] { members += part }
        return .object(members)
    }

    private var identityJSON: JSON {
        .object([
            "run": .integer(id), "name": name.map(JSON.text) ?? .null, "tags": .array(tags.map(JSON.text)),
            "note": .text(note), "state": .text(stateWord), "failure": failure.map(JSON.text) ?? .null,
        ])
    }

    private var lineJSON: JSON {
        let data: JSON = .object([
            "name": .text(dataset), "source": .text(dataSource), "sha256": fingerprint.map(JSON.text) ?? .null,
            "train": .integer(trainingRows), "validation": .integer(validationRows), "test": .integer(testRows),
        ])
        let machine: JSON = .object([
            "host": .text(machine.host), "threads": .integer(machine.threads), "blas": .text(machine.blas),
            "kernels": machine.kernels.isEmpty ? JSON.null : .text(machine.kernels),
        ])
        return .object([
            "spec": .text(specLine), "line": .text(lineText), "line_fault": lineFault.map(JSON.text) ?? .null,
            "seed": .unsigned(seed), "dataset": data, "parameters": .integer(parameters), "program": .text(program),
            "machine": machine,
        ])
    }

    private var courseJSON: JSON {
        .object([
            "bytes": size?.json ?? .null, "started": RunListing.time(started), "ended": RunListing.time(ended),
            "planned_epochs": .integer(plannedEpochs), "finished_epochs": .integer(self.epochs),
            "seconds": .number(seconds), "best_epoch": bestEpoch.map(JSON.integer) ?? .null,
            "best_val_loss": .number(bestValidationLoss), "best_val_accuracy": .number(bestValidationAccuracy),
        ])
    }

    /// The test figures, and the weights that they belong to.
    private var testJSON: JSON {
        .object([
            "test_loss": .number(testLoss), "test_accuracy": .number(testAccuracy),
            "test_errors": testErrors.map(JSON.integer) ?? .null,
            "test_epoch": testPlace.map { .integer($0.epoch) } ?? .null,
            "test_batch": testPlace.map { .integer($0.batch) } ?? .null,
            "test_weights": testPlace == nil ? JSON.null : .text(WeightSource.text(testWeights)),
        ])
    }
}

extension RunSize {
    fileprivate var json: JSON {
        .object([
            "state": .integer(state), "weights": .integer(weights), "predictions": .integer(predictions),
            "figures": .integer(figures), "total": .integer(total),
        ])
    }
}

extension RunChange {
    fileprivate var json: JSON {
        .object([
            "epoch": .integer(change.place.epoch), "batch": .integer(change.place.batch),
            "setting": .text(change.setting.word), "time": RunListing.time(time),
        ])
    }
}

extension RunEvent {
    fileprivate var json: JSON {
        .object([
            "event": .text(kind.rawValue), "position": .number(position), "time": RunListing.time(time),
            "value": .number(value), "previous": .number(previous),
            "text": text.map(JSON.text) ?? .null,
        ])
    }
}
