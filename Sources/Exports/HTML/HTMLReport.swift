import Datasets
import Markup
import Networks
import Reports
import Specs
import Training

/// A run as one HTML page: its spec, its curves, its confusion matrix, and the command that repeats it.
///
/// The page contains all that it shows, and needs no network and no script. It follows the reader's choice of light or
/// dark, and can be printed.
package struct HTMLReport {
    /// The run's name, or its folder's.
    package let name: String
    /// The store's data of the run: the user's words, and the confusion matrix of every epoch.
    package let annotations: RunAnnotations
    /// Layers and settings.
    package let spec: ExperimentSpec
    /// Figures of every epoch; nil where only the weights were saved. Then the page has no curves, and says so.
    package let report: RunReport?
    /// The evaluation of the test set.
    package let test: Evaluation
    /// The data set whose images are shown.
    package let dataset: Dataset
    let figures: TestReport

    /// The greatest number of shown mistakes.
    static let mistakes = 24

    /// - Parameters:
    ///   - test: the evaluation of all test images of the data set.
    ///   - dataset: the one that `test` is of.
    package init(
        name: String, annotations: RunAnnotations = RunAnnotations(), spec: ExperimentSpec, report: RunReport?,
        test: Evaluation, dataset: Dataset
    ) {
        precondition(test.count == dataset.test.count, "the evaluation must be of the whole test set")
        self.name = name
        self.annotations = annotations
        self.spec = spec
        self.report = report
        self.test = test
        self.dataset = dataset
        figures = TestReport(ClassificationMetrics(test))
    }

    /// The whole page.
    package var text: String { HTMLText.bindingPerCents(page) }

    private var page: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="Trainspotter \(ProgramVersion.current)">
        <title>\(MarkupText.escaped(name)): \(FigureText.perCent(test.accuracy)) on \(MarkupText.escaped(dataset.name))</title>
        <style>
        \(HTMLStyle.text)
        </style>
        </head>
        <body>
        <main>
        \(header)
        \(section("Training", id: "training", training))
        \(section("What is predicted as what", id: "confusion", confusion))
        \(evolution.map { section("How it came to that", id: "evolution", $0) } ?? "")
        \(section("Class by class", id: "classes", classes))
        \(section("The most wrong", id: "mistakes", worst))
        \(section("Network", id: "network", network))
        \(section("How to repeat it", id: "repeat", repetition))
        </main>
        <footer>Made by Trainspotter \(ProgramVersion.current).</footer>
        </body>
        </html>

        """
    }

    private func section(_ title: String, id: String, _ contents: String) -> String {
        """
        <section aria-labelledby="\(id)">
        <h2 id="\(id)">\(title)</h2>
        \(contents)
        </section>
        """
    }
}
