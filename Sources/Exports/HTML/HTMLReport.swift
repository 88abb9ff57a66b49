import Datasets
import Markup
import Networks
import Reports
import Specs
import Training

/// A run as one page of HTML: its spec, how it learned, its confusion matrix, and how to repeat it.
///
/// The page holds all that it shows: no network, no script. It follows the reader's choice of light or dark, and prints.
package struct HTMLReport {
    /// What the run goes by.
    package let name: String
    /// What a run store has of it: the user's words, and the confusion of every epoch.
    package let annotations: RunAnnotations
    package let spec: ExperimentSpec
    /// Nil where only the weights were kept: then the page has no curves, and says so.
    package let report: RunReport?
    /// What the network says of the test set.
    package let test: Evaluation
    package let dataset: Dataset
    let figures: TestReport

    /// Mistakes that are shown.
    static let mistakes = 24

    /// - Parameters:
    ///   - test: of all images of the data set's test set.
    ///   - dataset: the one that `test` was made with.
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
        \(section("What it takes for what", id: "confusion", confusion))
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
