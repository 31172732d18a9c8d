package io.github.kratosadmin.benchmarks;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPatch;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * A hand-written client with Apache HttpClient 5, Jackson 3 and the same records. Jackson
 * reads timestamps as {@code OffsetDateTime}.
 */
class HandWrittenClient implements KratosCalls {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.addModule(new SimpleModule().addDeserializer(Instant.class, new OffsetDateTimes()))
		.build();

	private static final ObjectReader IDENTITY = MAPPER.readerFor(Identity.class);

	private static final ObjectReader BATCH = MAPPER.readerFor(BatchPatchIdentitiesResult.class);

	private static final ObjectReader IDENTITIES = MAPPER.readerForListOf(Identity.class);

	private final CloseableHttpClient http = HttpClients.custom()
		.setConnectionManager(
				PoolingHttpClientConnectionManagerBuilder.create().setMaxConnTotal(50).setMaxConnPerRoute(50).build())
		.build();

	private final ExecutorService threads = Executors.newFixedThreadPool(IMPORT_CONCURRENCY);

	private final String url;

	HandWrittenClient(String url) {
		this.url = url;
	}

	@Override
	public Identity getIdentity() throws IOException {
		return send(new HttpGet(this.url + "/admin/identities/" + ID), 200, IDENTITY);
	}

	@Override
	public List<?> listIdentities() throws IOException {
		return send(new HttpGet(this.url + "/admin/identities?page_size=" + ConstantResponses.LIST_SIZE), 200,
				IDENTITIES);
	}

	@Override
	public Identity createIdentity() throws IOException {
		CreateIdentity create = CreateIdentity.builder().schemaId("default").traits(KratosCalls.traits(0)).build();
		HttpPost request = new HttpPost(this.url + "/admin/identities");
		request.setEntity(new ByteArrayEntity(MAPPER.writeValueAsBytes(create), ContentType.APPLICATION_JSON));
		return send(request, 201, IDENTITY);
	}

	private <T> T send(HttpUriRequestBase request, int status, ObjectReader reader) throws IOException {
		request.setHeader("Accept", "application/json");
		return this.http.execute(request, (response) -> {
			if (response.getCode() != status) {
				throw new IOException("Status " + response.getCode());
			}
			return reader.readValue(response.getEntity().getContent());
		});
	}

	@Override
	public long importIdentities() throws Exception {
		return importIdentities(LongStream.range(0, ConstantResponses.IMPORT_SIZE).mapToObj(KratosCalls::row),
				ConstantResponses.BATCH_SIZE);
	}

	/**
	 * Cuts the rows into chunks in this thread, and sends them in others, a few at the
	 * same time.
	 */
	long importIdentities(Stream<CreateIdentity> rows, int chunkSize) throws Exception {
		long created = 0;
		long number = 0;
		Queue<Future<Long>> chunks = new ArrayDeque<>();
		for (Iterator<CreateIdentity> left = rows.iterator(); left.hasNext();) {
			List<IdentityPatch> patches = new ArrayList<>();
			while (left.hasNext() && patches.size() < chunkSize) {
				patches.add(new IdentityPatch(left.next(), new UUID(0, number++).toString()));
			}
			if (chunks.size() == IMPORT_CONCURRENCY) {
				created += chunks.remove().get();
			}
			chunks.add(this.threads.submit(() -> create(patches)));
		}
		for (Future<Long> chunk : chunks) {
			created += chunk.get();
		}
		return created;
	}

	private long create(List<IdentityPatch> patches) throws IOException {
		HttpPatch request = new HttpPatch(this.url + "/admin/identities");
		request.setEntity(new ByteArrayEntity(MAPPER.writeValueAsBytes(new BatchPatchIdentities(patches)),
				ContentType.APPLICATION_JSON));
		BatchPatchIdentitiesResult results = send(request, 200, BATCH);
		return results.identities().stream().filter((result) -> "create".equals(result.action())).count();
	}

	@Override
	public void close() throws IOException {
		this.threads.shutdownNow();
		this.http.close();
	}

	private static final class OffsetDateTimes extends StdDeserializer<Instant> {

		OffsetDateTimes() {
			super(Instant.class);
		}

		@Override
		public Instant deserialize(JsonParser parser, DeserializationContext context) {
			return InstantDeserializer.OFFSET_DATE_TIME.deserialize(parser, context).toInstant();
		}

	}

}
