import { vendorErrors } from './vendor-errors.ts';

/** Phrases pour ce que signalent le serveur et les systèmes externes, par code. */
export const notices = {
  errors: {
    ...vendorErrors,
    'session.wrong_credentials': 'Le nom ou le mot de passe est incorrect.',
    'session.required': 'Vous n’êtes pas connecté, ou votre session a expiré. Connectez-vous à nouveau.',
    'session.forbidden': 'Votre compte n’y est pas autorisé. Adressez-vous à un administrateur.',
    'session.foreign_request':
      'Cette requête ne venait pas de cette page et a été refusée. Rechargez la page et réessayez.',
    'session.rate_limited': 'Trop de tentatives. Patientez une minute et réessayez.',
    'marketplace.signature_invalid':
      'onOffice n’a pas signé cet appel, ou il a été modifié en route. Fermez la fenêtre et rouvrez-la depuis onOffice.',
    'marketplace.call_outdated':
      'Cet appel d’onOffice est trop ancien. Fermez la fenêtre et rouvrez-la depuis onOffice.',
    'marketplace.call_used': 'Cet appel d’onOffice a déjà servi. Fermez la fenêtre et rouvrez-la depuis onOffice.',
    'marketplace.call_incomplete':
      'Il manque une indication dans l’appel d’onOffice : {{field}}. Signalez-le à l’exploitant de ce service.',
    'marketplace.not_activated':
      'Le service n’est pas activé pour ce client onOffice. Un administrateur l’active dans la Marketplace d’onOffice.',
    'marketplace.activation_superseded':
      'Une activation plus récente a été terminée entre-temps. Il n’y a plus rien à faire ici.',
    'marketplace.key_wrong':
      'onOffice n’accepte pas cette clé API. Copiez-la encore une fois, en entier, depuis le champ ci-dessus.',
    'connection.keys_from_activation':
      'Les accès à onOffice viennent de l’activation dans la Marketplace et ne se saisissent pas ici.',
    'operator.link_invalid':
      'Ce lien n’est plus valable. Il ne fonctionne qu’une fois ; tant qu’il n’y a aucun compte, le serveur en affiche un nouveau à chaque démarrage.',
    'connection.not_found': 'Cette connexion n’existe plus.',
    'connection.audience_in_use': 'Une autre connexion utilise déjà cette liste de diffusion. Choisissez-en une autre.',
    'connection.same_account':
      'Ces clés appartiennent à un autre compte que celui qui est relié. Saisissez des clés du même compte ou créez une nouvelle connexion.',
    'connection.provider_fixed':
      'Cette connexion appartient à {{provider}}. Pour une autre plateforme de newsletter, créez une seconde connexion.',
    'connection.not_ready': 'La configuration de cette connexion n’est pas terminée. Complétez-la d’abord.',
    'connection.twin':
      'Une autre copie de cette installation, ou un autre programme, travaille peut-être avec la liste de diffusion. Reprenez-la d’abord.',
    'connection.not_stopped_as_twin':
      'Rien n’indique que quelqu’un d’autre travaille avec la liste de diffusion : il n’y a rien à reprendre.',
    'provider.not_available': 'Cette plateforme de newsletter ne peut pas encore être reliée. Choisissez-en une autre.',
    'tenant.not_found': 'Ce client n’existe pas.',
    'backup.already_running': 'Une sauvegarde est déjà en cours d’écriture. Réessayez quand elle sera terminée.',
    'person.not_found': 'Aucun des deux côtés ne connaît cette personne, et rien n’est consigné.',
    'campaign.not_found': 'Aucune campagne de ce numéro n’est connue.',
    'contact.not_found': 'Ce contact n’existe pas. Il n’a peut-être pas encore été lu.',
    'opt_in.person_missing': 'Indiquez qui a donné le consentement.',
    'opt_in.evidence_missing':
      'Indiquez comment le consentement a été donné : c’est ce qui vous permettra de le prouver.',
    'opt_in.in_future': 'Le consentement ne peut pas avoir été donné dans le futur.',
    'opt_in.before_opt_out':
      'La personne s’est désinscrite au plus tard le {{optOutAt}}, donc après ce consentement. Seul un consentement plus récent compte.',
    'opt_in.no_address': 'Le contact n’a pas d’adresse e-mail utilisable. Saisissez-en d’abord une dans onOffice.',
    'connection.paused': 'La connexion est en pause. Reprenez-la d’abord.',
    'going_back.restore': 'Une sauvegarde a été restaurée.',
    'going_back.long_pause': 'Le connecteur n’a pas tourné pendant plus d’un jour.',
    'going_back.older_database': 'Une base de données antérieure a été mise à la place de celle utilisée.',
    'going_back.taken_over': 'Cette copie des données a repris la liste de diffusion.',
    'twin.other_installation': 'La base de données appartient à une autre installation.',
    'twin.copied': 'La base de données n’est plus au même endroit : elle a été copiée ou déplacée.',
    'twin.foreign_hook':
      'Une autre installation, ou le connecteur de newsletter d’onOffice, s’occupe de cette liste de diffusion.',
    'twin.unknown_mark': 'Une autre copie de cette installation travaille, ou a travaillé, avec la liste de diffusion.',
    'connection.disconnected':
      'Cette connexion est terminée. Pour continuer, connectez à nouveau la liste de diffusion.',
    'connection.leave_not_possible':
      'Pour l’instant, personne ne peut être retiré de la liste : la connexion demande d’abord votre attention. Vous pouvez y mettre fin et laisser la liste telle quelle.',
    'settings.audience_was_connected':
      'Cette liste de diffusion a déjà été connectée, et ses enregistrements appartiennent à cette connexion. Supprimez celle-ci, inachevée, et choisissez la liste à la première étape d’une nouvelle configuration.',
    'erasure.raise_on_its_way':
      'Une inscription de cette personne est en route vers la plateforme. Réessayez dans quelques minutes.',
    'erasure.refused':
      'La plateforme a refusé de désinscrire la personne ; rien n’a donc été effacé. Réessayez, ou occupez-vous-en là-bas.',
    'tenant.name_differs': 'Le nom ne correspond pas. Rien n’a été effacé ; saisissez-le exactement ainsi : {{name}}.',
    'operator.not_found': 'Ce compte n’existe plus.',
    'operator.name_taken': 'Quelqu’un porte déjà ce nom. Choisissez-en un autre.',
    'operator.last_administrator': 'Au moins un compte doit être administrateur. Nommez d’abord quelqu’un d’autre.',
    'operator.own_account': 'Vous ne pouvez pas retirer votre propre compte. Demandez à un autre administrateur.',
    'operator.wrong_password': 'Le mot de passe actuel est faux.',
    'settings.out_of_range':
      'Ce nombre ne convient pas ({{field}}) : il peut aller de {{least, number}} à {{most, number}}.',
    'run.not_found': 'Cette synchronisation n’existe plus.',
    'run.already_running': 'Une synchronisation est déjà en cours.',
    'run.not_waiting': 'Cette synchronisation n’attend plus d’accord.',
    'run.preview_outdated': 'Trop de choses ont changé depuis cet aperçu. Demandez-en un nouveau.',
    'tag.not_asked': 'Plus aucune réponse n’est attendue pour ce tag.',
    'tag.answer_impossible': 'Cette réponse ne convient pas à la question. Choisissez l’une de celles proposées.',
    'settings.field_unknown': 'Le champ choisi n’existe plus sur la plateforme. Choisissez-en un autre.',
    'settings.field_used_twice':
      'Deux champs du contact visent le même champ de la plateforme. Choisissez des champs différents.',
    'settings.audience_unknown':
      'La liste de diffusion choisie n’existe plus sur la plateforme. Choisissez-en une autre.',
    'settings.audience_fixed':
      'La liste de diffusion d’une connexion ne peut plus être changée. Pour une autre liste, créez une nouvelle connexion.',
    'settings.activity_not_told': 'Cette plateforme ne communique pas l’une des activités choisies.',
    'settings.consent_not_permitted':
      'Votre onOffice n’admet pas cette valeur dans le champ Newsletter. Choisissez l’autre.',
    'input.too_large': 'C’est trop d’un coup pour le serveur.',
    'input.invalid': 'Cette saisie ne peut pas être utilisée : {{field}}.',
    internal: 'Une erreur s’est produite de notre côté. Rien n’a été modifié ; réessayez.',
    not_found: 'Il n’y a rien à cette adresse.',
    network: 'Le connecteur est injoignable. Vérifiez votre connexion réseau et réessayez.',
    foreign_hook:
      'Une autre installation, ou le connecteur de newsletter d’onOffice, s’occupe déjà de cette liste de diffusion. Désactivez-le d’abord là-bas, pour que deux programmes ne travaillent pas l’un contre l’autre ; ou reprenez la liste de diffusion.',
    'webhook.unreachable':
      'La plateforme n’arrive pas à joindre l’adresse de ce serveur. Ce qui y change sera lu à la prochaine synchronisation. Vérifiez l’adresse publique dans la configuration du serveur.',
    'webhook.local_address':
      'Ce serveur a une adresse que seul cet ordinateur connaît ; la plateforme ne peut donc pas signaler les modifications. Elles seront lues à la prochaine synchronisation.',
    'webhook.missing':
      'Notre webhook n’existe plus sur la plateforme. Ce qui s’y passe ne sera remarqué qu’à la prochaine lecture.',
    'webhook.wrong_url':
      'Notre webhook sur la plateforme vise une autre adresse ({{host}}). Si une seconde copie de cette installation y tourne, arrêtez-la ; sinon, faites réparer le webhook.',
    'webhook.events_missing': 'La plateforme ne signale pas tout ce qu’elle devrait ; il manque',
    'webhook.sources_missing':
      'Le webhook de la plateforme est désactivé pour ce que font les personnes ou les administrateurs ; les désinscriptions ne sont donc pas signalées.',
    'webhook.listens_to_programs':
      'Le webhook signale aussi ce que font des programmes par l’API de la plateforme. On croirait alors que des personnes l’ont fait.',
    'webhook.doubled': 'Le webhook existe {{count, number}} fois ; tout est donc signalé plusieurs fois.',
    'webhook.foreign':
      'Une autre installation, ou le connecteur de newsletter d’onOffice, a aussi un webhook ici ({{host}}). Désactivez-le là-bas, pour que deux programmes ne travaillent pas l’un contre l’autre.',
  },
  journal: {
    'journal.run_started': 'Synchronisation lancée',
    'journal.run_finished': 'Synchronisation terminée',
    'journal.run_failed': 'Échec de la synchronisation',
    'journal.run_cancelled': 'Synchronisation annulée',
    'journal.approved': 'Synchronisation approuvée',
    'journal.connection_created': 'Connexion créée',
    'journal.disconnected': 'Connexion terminée',
    'journal.disconnected_hook_left':
      'Connexion terminée ; notre webhook n’a pas pu être retiré de la plateforme. Supprimez-le là-bas.',
    'journal.leaving': 'La connexion prend fin ; membres à retirer de la liste de diffusion : {{count, number}}',
    'journal.left':
      'Membres retirés de la liste de diffusion : {{count, number}} ; refusés par la plateforme : {{refused, number}}',
    'journal.connected_again': 'Connecté à nouveau ; ce qui était connu reste valable',
    'journal.person_erased': 'Données d’une personne effacées à sa demande',
    'journal.settings_saved': 'Paramètres enregistrés',
    'journal.webhook_created': 'Webhook créé sur la plateforme',
    'journal.webhook_repaired': 'Webhook réparé sur la plateforme',
    'journal.keys_renewed': 'Accès remplacés',
    'journal.refused': 'Une modification a été refusée',
    'journal.opt_out_refused':
      'Désinscriptions refusées par l’autre côté : {{count, number}}. La prochaine synchronisation réessaie.',
    'journal.changes_carried_out': 'Modifications transférées',
    'journal.recovered': 'Modifications trouvées en interrogeant la plateforme, sans webhook : {{count, number}}',
    'journal.nightly_started': 'Comparaison nocturne des deux côtés lancée',
    'journal.held_by_brake':
      'Plus de modifications que d’habitude d’un coup : {{count, number}} ont été retenues. Voyez ce qui attend votre réponse.',
    'journal.tried_again': 'Nouvel essai, contacts : {{count, number}}',
    'journal.held_decided':
      'Réponse aux modifications retenues : {{count, number}} × « $t(operations.{{kind}}.label) », $t(held.answered.{{decision}})',
    'journal.paused': 'Synchronisation en arrière-plan mise en pause ; les désinscriptions continuent',
    'journal.unpaused': 'La synchronisation en arrière-plan reprend',
    'journal.events_not_understood':
      'Webhooks non compris : {{count, number}}. Ce qu’ils annonçaient sera trouvé en interrogeant la plateforme.',
    'journal.events_failed':
      'Des webhooks n’ont pas pu être appliqués. Ils sont conservés ; nouvel essai dans cinq minutes.',
    'journal.activities_failed': 'Les activités n’ont pas pu être mises à jour. Nouvel essai dans cinq minutes.',
    'journal.activities_refused':
      'onOffice n’accepte pas les activités. Elles attendent, avec un nouvel essai toutes les heures.',
    'journal.poll_failed': 'Les modifications n’ont pas pu être lues. Nouvel essai dans cinq minutes.',
    'journal.resumed': 'La connexion reprend',
    'journal.tag_refused': 'onOffice a refusé le tag de newsletter « {{tag}} ». Créez-le vous-même là-bas.',
    'journal.tag_renamed_at_provider': 'Tag « {{from}} » renommé en « {{to}} » sur la plateforme, comme dans onOffice',
    'journal.tag_renamed_in_crm': 'Tag « {{from}} » renommé en « {{to}} » dans onOffice, comme sur la plateforme',
    'journal.tag_rename_refused_by_crm':
      'onOffice n’a pas permis de renommer le tag « {{from}} » en « {{to}} ». Il garde deux noms et reste un seul tag ; renommez-le vous-même là-bas.',
    'journal.tag_rename_refused_by_provider':
      'La plateforme n’a pas permis de renommer le tag « {{from}} » en « {{to}} ». Il garde deux noms et reste un seul tag.',
    'journal.tag_name_taken':
      'Le tag « {{tag}} » n’a pas pu être renommé en « {{wanted}} » : un autre tag porte déjà ce nom. Il garde deux noms jusqu’à ce que vous en renommiez un.',
    'journal.tag_deleted_in_crm':
      'Le tag « {{tag}} » a été supprimé dans onOffice. Il reste sur la plateforme jusqu’à ce que vous ayez décidé de son sort.',
    'journal.tag_deleted_at_provider':
      'Le tag « {{tag}} » a été supprimé sur la plateforme. Il reste dans onOffice jusqu’à ce que vous ayez décidé de son sort.',
    'journal.tag_to_be_deleted': 'Le tag « {{tag}} » sera supprimé aussi de l’autre côté',
    'journal.tag_to_be_created': 'Le tag « {{tag}} » sera recréé',
    'journal.tag_kept': 'Le tag « {{tag}} » reste tel quel',
    'journal.tag_answer_refused':
      'Ce qui a été décidé pour le tag « {{tag}} » n’a pas pu être exécuté : l’autre côté l’a refusé. Décidez à nouveau.',
    'journal.went_back':
      'Les données enregistrées sont revenues à un moment antérieur. Tout est relu, et rien n’est écrit avant votre accord',
    'journal.taken_over': 'Cette installation a repris la liste de diffusion',
    'journal.twin': 'Arrêtée jusqu’à ce qu’un administrateur reprenne la liste de diffusion',
    'journal.bridge_broken':
      'Les chiffres des deux côtés ne concordent pas. La prochaine synchronisation refait le décompte.',
    'journal.connection_attention': 'La connexion demande votre attention',
    'journal.consent_record_head':
      'Registre des consentements vérifié : {{records, number}} entrées, toutes intactes ; il finit par {{head}}',
    'journal.consent_record_broken':
      'Le registre des consentements a été altéré : l’entrée {{number}} ne correspond pas. Exécutez « newsletter-connector consent verify ».',
  },
  journalCounts: {
    added: 'ajoutés : {{count, number}}',
    updated: 'mis à jour : {{count, number}}',
    optOuts: 'désinscriptions : {{count, number}}',
    created: 'créés : {{count, number}}',
    takenOut: 'retirés : {{count, number}}',
    refused: 'refusés : {{count, number}}',
    heldBack: 'retenus : {{count, number}}',
  },
  webhookTopics: {
    subscribed: 'inscriptions',
    unsubscribed: 'désinscriptions',
    complained: 'plaintes pour spam',
    bounced: 'adresses hors service',
    removed: 'contacts supprimés',
    edited: 'modifications de contacts',
    'address-changed': 'nouvelles adresses e-mail',
    campaign: 'campagnes envoyées',
    delivered: 'distributions',
    opened: 'ouvertures',
    clicked: 'clics',
    'soft-bounce': 'échecs de distribution temporaires',
  },
  vendorWords: 'Message d’origine : « {{words}} »',
  noticeUnknown: 'Message inattendu ({{code}}).',
} as const;
