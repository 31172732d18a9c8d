package com.example.artifacts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathNodes;

import org.w3c.dom.Document;
import org.w3c.dom.Node;

/**
 * The content of a pom.
 *
 * @param document the XML
 */
record Pom(Document document) {

	static Pom read(Path file) {
		try {
			return new Pom(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the text of each element or attribute at the given place.
	 */
	List<String> find(String xpath) {
		List<String> texts = new ArrayList<>();
		try {
			for (Node node : XPathFactory.newInstance()
				.newXPath()
				.evaluateExpression(xpath, this.document, XPathNodes.class)) {
				texts.add(node.getTextContent());
			}
		}
		catch (XPathExpressionException ex) {
			throw new IllegalArgumentException(ex);
		}
		return texts;
	}

}
